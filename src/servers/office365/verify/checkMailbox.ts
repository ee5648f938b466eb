import { z } from 'zod'
import { isError, MailferryError } from '../../../domain/errors.ts'
import type { Mailbox } from '../../../domain/pair.ts'
import type { Check } from '../../mailServer.ts'
import { resolveMailbox } from '../directory/resolveMailbox.ts'
import { type Asking, ask } from '../graph/ask.ts'
import { namesOf, needsOf } from '../permissions.ts'
import { openContext } from '../session/session.ts'
import { transferStore } from '../session/transferStore.ts'
import { blames, fail, ourError, type Verifying } from './verifying.ts'

const inboxSchema = z.object({ totalItemCount: z.number(), childFolderCount: z.number() })

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
    need.anyOf[0].startsWith('Mail.') ? (claims ? namesOf(need, claims) : need.anyOf) : [],
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

/** Whether a session could use the mailbox import and export API for this mailbox, asked as one asks. */
async function checkTransfer({ asking, access }: Verifying, mailbox: Mailbox): Promise<Check> {
  const plain = 'messages by Graph; the mailbox import and export API, which is full fidelity between two tenants,'
  const { connection, endpoints, user } = access
  if (!endpoints.importExport) return { name: 'transfer', state: 'passed', detail: `${plain} isn’t in this cloud` }
  const { graph: transport, context, signal } = asking
  const { name, role } = connection
  const deps = { transport, mailbox, host: context.host, connection: name, role, admin: user, importExport: true }
  const store = await transferStore(await openContext(deps, { signal, connections: 1 }), role, signal)
  if (!isError(store))
    return { name: 'transfer', state: 'passed', detail: 'full fidelity by the mailbox import and export API, and messages by Graph' }
  const why = store.code === 'permission.graph' ? 'needs a permission that isn’t there' : `can’t be asked for (${store.code})`
  return { name: 'transfer', state: 'passed', detail: `${plain} ${why}` }
}
