import type { Connection } from '../domain/connection.ts'
import { isError } from '../domain/errors.ts'
import type { Mailbox } from '../domain/pair.ts'
import { maySignInByItself } from '../domain/refusedSignIns.ts'
import { findConnection } from '../ledger/connections.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { MailServer, MailSession } from '../servers/mailServer.ts'
import { clearRefusal, isRefusal, noteRefusal } from './refusals.ts'
import type { LoadedSecret } from './secretLoader.ts'
import { adminUser } from './signInUser.ts'

export interface GuardedServer extends MailServer {
  /** Whether a mailbox could be opened in this run: what fails before is not passing by itself. */
  readonly reached: () => boolean
  /** Fetches the secret before it is needed. Throws what fetching it throws. */
  readonly fetchSecret: () => Promise<void>
}

export interface OpenedMailbox {
  readonly session: MailSession
  /** As it was asked for. */
  readonly mailbox: Mailbox
  readonly signal: AbortSignal
}

export interface GuardedServerDeps {
  readonly server: MailServer
  readonly ledger: Ledger
  readonly connection: Connection
  readonly load: () => Promise<LoadedSecret>
  /** Told of every mailbox that was opened, before anything is done with it; what it throws closes the mailbox again. */
  readonly opened?: (opened: OpenedMailbox) => Promise<void>
}

/** So many mailboxes may refuse an IMAP admin who never got in anywhere, before its secret counts as refused: accounts get locked after a few more. */
const refusalsOfAnUnprovenAdmin = 2

/**
 * A server whose secrets are never tried again once refused, by no process, until a person gave new ones: whatever needs a sign-in throws
 * `signIn.stopped` instead. That the first sign-in of a run goes alone is the server's own care. `verify` is a person's own doing and isn't held back.
 */
export function guardedServer({ server, ledger, connection, load, opened }: GuardedServerDeps): GuardedServer {
  const admin = adminUser(connection.settings)
  // Other servers tell a refused password from a missing right; IMAP's answer to an authorization id is the same for both.
  const mayBeThePassword = connection.settings.kind === 'imap' && admin !== undefined
  let reached = false
  let refusals = 0

  const signingIn = async <Result>(user: string, work: () => Promise<Result>): Promise<Result> => {
    const { givenAt } = await load()
    const refusal = maySignInByItself(await findConnection(ledger.db, connection.id), user, givenAt)
    if (refusal !== undefined) throw refusal
    try {
      const result = await work()
      reached = true
      await clearRefusal(ledger, connection, user)
      return result
    } catch (error) {
      if (mayBeThePassword && !reached && isError(error, 'permission.actAs')) refusals += 1
      if (isRefusal(error) || refusals >= refusalsOfAnUnprovenAdmin) await noteRefusal(ledger, connection, user)
      throw error
    }
  }

  /** A request about everybody: signs in where there is an account for everybody, and goes by what was given otherwise. */
  const asking = <Result>(work: () => Promise<Result>): Promise<Result> => (admin === undefined ? work() : signingIn(admin, work))

  const open: MailServer['open'] = async (mailbox, options) => {
    const session = await signingIn(admin ?? mailbox.address, () => server.open(mailbox, options))
    try {
      await opened?.({ session, mailbox, signal: options.signal })
      return session
    } catch (error) {
      await session[Symbol.asyncDispose]()
      throw error
    }
  }

  const search = server.search?.bind(server)
  const readiness = server.readiness?.bind(server)
  return {
    reached: () => reached,
    async fetchSecret() {
      await load()
    },
    verify: (signal, mailbox) => server.verify(signal, mailbox),
    mailboxes: signal => server.mailboxes(signal),
    ...(search && { search: (text, signal) => asking(() => search(text, signal)) }),
    ...(readiness && { readiness: (mailbox, signal) => asking(() => readiness(mailbox, signal)) }),
    resolve: (mailbox, signal) => asking(() => server.resolve(mailbox, signal)),
    observe: (recorded, signal) => server.observe(recorded, signal),
    open,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}
