import { z } from 'zod'
import { isError, MailferryError } from '../../../domain/errors.ts'
import type { Mailbox } from '../../../domain/pair.ts'
import type { Check } from '../../mailServer.ts'
import { resolveMailbox } from '../directory/resolveMailbox.ts'
import { type Asking, ask, read, refusalOf, shaped } from '../graph/ask.ts'
import { isFullFidelity, isGiven, needsOf } from '../permissions.ts'
import { blames, fail, ourError, type Verifying } from './verifying.ts'

const inboxSchema = z.object({ totalItemCount: z.number(), childFolderCount: z.number() })
const exchangeSchema = z.object({ primaryMailboxId: z.string() })

/** Checks `actAs`, `folders` and `transfer` on the mailbox that was named, or else on `someone`'s. Answers whether to go on. */
export async function* checkMailbox(verifying: Verifying, someone: Mailbox | undefined): AsyncGenerator<Check, boolean> {
  const { asking, access, mailbox: named } = verifying
  const tried = await chosen(asking, named, someone).catch(ourError)
  if (isError(tried)) {
    yield* fail(blames(tried, 'actAs'), `the mailbox of ${named}`, tried)
    return false
  }
  if (tried === undefined) {
    for (const name of ['actAs', 'folders', 'transfer'] as const)
      yield { name, state: 'skipped', detail: 'there is no mailbox to try it on' }
    return true
  }
  const inbox = await inboxOf(asking, tried, mailNeeds(verifying)).catch(ourError)
  // Whoever has an address need not have a mailbox; where nobody was named, that says nothing of the connection.
  if (isError(inbox, 'mailbox.notOnline', 'mailbox.notFound') && named === undefined) {
    for (const name of ['actAs', 'folders', 'transfer'] as const) {
      yield { name, state: 'skipped', detail: `${tried.address} has no mailbox to try it on; name one that has` }
    }
    return true
  }
  if (isError(inbox)) {
    yield* fail(blames(inbox, 'actAs'), `${access.user} for ${tried.address}`, inbox)
    return false
  }
  yield { name: 'actAs', state: 'passed', detail: `${access.user} for ${tried.address}` }
  yield {
    name: 'folders',
    state: 'passed',
    detail: `${inbox.totalItemCount} items and ${inbox.childFolderCount} folders in the inbox of ${tried.address}`,
  }
  yield await checkTransfer(verifying, tried)
  return true
}

const mailNeeds = ({ access, claims }: Verifying): readonly string[] =>
  needsOf(access.connection.role, false).flatMap(need =>
    need.anyOf[0].startsWith('Mail.') ? (claims?.delegated ? need.delegated : need.anyOf) : [],
  )

async function chosen(asking: Asking, named: string | undefined, someone: Mailbox | undefined): Promise<Mailbox | undefined> {
  if (named === undefined) return someone
  const found = await resolveMailbox(asking, { address: named })
  if (found.found === 'one') return found.mailbox
  throw new MailferryError('mailbox.notFound', { mailbox: named, connection: asking.context.connection })
}

const inboxOf = (asking: Asking, { id, address }: Mailbox, needs: readonly string[]): Promise<z.infer<typeof inboxSchema>> => {
  const key = id ?? address
  return ask(asking, inboxSchema, {
    path: `/users/${encodeURIComponent(key)}/mailFolders/inbox?$select=totalItemCount,childFolderCount`,
    mailbox: key,
    needs,
  })
}

/** Whether the mailbox import and export API answers for this mailbox. */
async function checkTransfer({ asking, access, claims }: Verifying, { id, address }: Mailbox): Promise<Check> {
  const plain = 'messages by Graph; the mailbox import and export API, which is full fidelity between two tenants,'
  if (!access.endpoints.importExport) return { name: 'transfer', state: 'passed', detail: `${plain} isn’t in this cloud` }
  if (
    claims &&
    !needsOf(access.connection.role, true)
      .filter(isFullFidelity)
      .every(need => isGiven(need, claims))
  )
    return { name: 'transfer', state: 'passed', detail: `${plain} needs a permission that isn’t there` }
  const key = id ?? address
  const settings = { path: `/users/${encodeURIComponent(key)}/settings/exchange`, mailbox: key }
  const found = await read(asking, settings)
  if (found.error !== undefined) return { name: 'transfer', state: 'passed', detail: `${plain} can’t be asked for (${found.error.code})` }
  const { primaryMailboxId } = shaped(asking, exchangeSchema, found.json)
  const folders = {
    path: `/admin/exchange/mailboxes/${encodeURIComponent(primaryMailboxId)}/folders?$top=1`,
    mailbox: key,
    needs: ['MailboxFolder.Read.All'],
  }
  const answer = await read(asking, folders)
  if (answer.error === undefined)
    return { name: 'transfer', state: 'passed', detail: 'full fidelity by the mailbox import and export API, and messages by Graph' }
  const { code } = refusalOf(asking, folders, answer)
  const why = code === 'permission.graph' ? 'needs a permission that isn’t there' : `refuses (${answer.error.code})`
  return { name: 'transfer', state: 'passed', detail: `${plain} ${why}` }
}
