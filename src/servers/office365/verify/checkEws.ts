import { isError } from '../../../domain/errors.ts'
import type { Mailbox } from '../../../domain/pair.ts'
import type { Check } from '../../mailServer.ts'
import type { SignInGuard } from '../../signInGuard.ts'
import { resolveMailbox, today } from '../directory/resolveMailbox.ts'
import type { Tokens } from '../entra/tokens.ts'
import { ewsCountdown } from '../ews/legacy.ts'
import { openEws } from '../ews/openEws.ts'
import { blames, fail, ourError, type Verifying } from './verifying.ts'

/**
 * Checks `ews` and `actAs` in place of Graph's, for a connection that takes mail by EWS: the token, whether the tenant still allows it, a mailbox opened for real, and how
 * long that will go on. Answers whether to go on.
 */
export async function* checkEws(verifying: Verifying, guard: SignInGuard, listed: Mailbox | undefined): AsyncGenerator<Check, boolean> {
  const { access, signal, mailbox: named } = verifying
  const tokens = await access.ewsTokens(guard)
  const token = await tokens.token(signal).catch(ourError)
  if (isError(token)) {
    yield* fail(blames(token, 'ews'), 'a token for Exchange Online', token)
    return false
  }
  const tried = await chosen(verifying, listed).catch(ourError)
  if (isError(tried)) {
    yield* fail('actAs', `the mailbox of ${named}`, tried)
    return false
  }
  if (tried === undefined) {
    yield { name: 'ews', state: 'skipped', detail: `there is no mailbox to try it on; ${ewsCountdown(Date.now())}` }
    return true
  }
  const folders = await count(verifying, tokens, tried).catch(ourError)
  if (isError(folders)) {
    yield* fail(folders.code === 'ews.closed' ? 'ews' : blames(folders, 'actAs'), `${access.user} for ${tried.address}`, folders)
    return false
  }
  yield { name: 'ews', state: 'passed', detail: `the tenant still allows it; ${ewsCountdown(Date.now())}` }
  yield { name: 'actAs', state: 'passed', detail: `${access.user} for ${tried.address}` }
  yield { name: 'folders', state: 'passed', detail: `${folders} folders in the mailbox of ${tried.address}` }
  yield { name: 'transfer', state: 'passed', detail: 'whole items, by ExportItems and UploadItems' }
  return true
}

/** Who was named, or else somebody, with the address of today. */
async function chosen({ asking, mailbox: named }: Verifying, someone: Mailbox | undefined): Promise<Mailbox | undefined> {
  if (named !== undefined) return today(asking, { address: named })
  const found = someone && (await resolveMailbox(asking, someone))
  return found?.found === 'one' ? found.mailbox : undefined
}

async function count({ access, signal }: Verifying, tokens: Tokens, mailbox: Mailbox): Promise<number> {
  await using session = await openEws({ access, tokens, mailbox }, { signal, connections: 1 })
  return (await session.folders()).length
}
