import type { Connection, ImapSettings } from '../domain/connection.ts'
import { isError } from '../domain/errors.ts'
import { maySignInByItself } from '../domain/refusedSignIns.ts'
import { findConnection } from '../ledger/connections.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { MailServer } from '../servers/mailServer.ts'
import { clearRefusal, isRefusal, noteRefusal } from './refusals.ts'
import type { LoadedSecret } from './secretLoader.ts'

export interface GuardedServer extends MailServer {
  /** Whether a mailbox could be opened in this run: what fails before is not passing by itself. */
  readonly reached: () => boolean
}

/** So many mailboxes may refuse an admin who never got in anywhere, before its secret counts as refused: accounts get locked after a few more. */
const refusalsOfAnUnprovenAdmin = 2

/**
 * A server whose secrets are never tried again once refused, by no process, until a person gave new ones: `open` throws `signIn.stopped`
 * instead. That the first sign-in of a run goes alone is the server's own care.
 */
export function guardedServer(
  server: MailServer,
  ledger: Ledger,
  connection: Connection<ImapSettings>,
  load: () => Promise<LoadedSecret>,
): GuardedServer {
  const { signIn } = connection.settings
  const admin = signIn.method === 'admin' ? signIn.user : undefined
  let reached = false
  let refusals = 0

  const open: MailServer['open'] = async (mailbox, options) => {
    const user = admin ?? mailbox.address
    const { givenAt } = await load()
    await refuseStopped(user, givenAt)
    try {
      const session = await server.open(mailbox, options)
      reached = true
      await clearRefusal(ledger, connection, user)
      return session
    } catch (error) {
      if (admin !== undefined && !reached && isError(error, 'permission.actAs')) refusals += 1
      if (isRefusal(error) || refusals >= refusalsOfAnUnprovenAdmin) await noteRefusal(ledger, connection, user)
      throw error
    }
  }

  const refuseStopped = async (user: string, givenAt: number): Promise<void> => {
    const now = await findConnection(ledger.db, connection.id)
    const refusal = maySignInByItself(now, user, givenAt)
    if (refusal !== undefined) throw refusal
  }

  return {
    reached: () => reached,
    verify: (signal, mailbox) => server.verify(signal, mailbox),
    mailboxes: signal => server.mailboxes(signal),
    ...(server.search && { search: server.search.bind(server) }),
    resolve: (mailbox, signal) => server.resolve(mailbox, signal),
    observe: (recorded, signal) => server.observe(recorded, signal),
    open,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}
