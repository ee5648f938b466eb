import type { Mailbox } from '../../domain/pair.ts'
import type { MailServer, MailSession, OpenOptions } from '../mailServer.ts'
import { createSignInGuard } from '../signInGuard.ts'
import { type AccessDeps, accessTo } from './access.ts'
import { listMailboxes } from './directory/listMailboxes.ts'
import { resolveMailbox } from './directory/resolveMailbox.ts'
import { searchMailboxes } from './directory/searchMailboxes.ts'
import type { Asking } from './graph/ask.ts'
import type { GraphTransport } from './graph/graphTransport.ts'
import { observe } from './observe.ts'
import { readiness } from './readiness.ts'
import { verifyConnection } from './verify/verifyConnection.ts'

/** What a session of one mailbox works with. */
export interface GraphSessionDeps {
  /** The server's own: all its sessions share what is known of the limits. A session doesn't end it. */
  readonly transport: GraphTransport
  readonly mailbox: Mailbox
  /** The connection's name, for errors. */
  readonly connection: string
  /** Who signs in: a user name or a client id, for errors. */
  readonly admin: string
  /** Graph's host, for errors. */
  readonly host: string
  /** Whether the cloud has the mailbox import and export API. */
  readonly importExport: boolean
}

export type OpenGraphSession = (deps: GraphSessionDeps, options: OpenOptions) => Promise<MailSession>

export interface Office365Deps extends AccessDeps {
  readonly openSession: OpenGraphSession
}

/** An Office 365 tenant as the port has it, by Microsoft Graph. */
export function office365Server({ openSession, ...deps }: Office365Deps): MailServer {
  const access = accessTo(deps)
  const { connection, endpoints, user } = access
  const { host } = new URL(endpoints.graph)
  const guard = createSignInGuard(connection.name)
  let opened: Promise<GraphTransport> | undefined

  const transport = (): Promise<GraphTransport> => {
    opened ??= access.tokens(guard).then(access.graph)
    // What failed to be had, a secret perhaps, is asked for anew.
    opened.catch(() => {
      opened = undefined
    })
    return opened
  }
  const asking = async (signal: AbortSignal): Promise<Asking> => ({
    graph: await transport(),
    context: { host, connection: connection.name, user },
    signal,
  })

  return {
    // A person asks for this, so what was refused before is tried once more.
    verify: (signal, mailbox) => verifyConnection(access, createSignInGuard(connection.name), signal, mailbox),
    async *mailboxes(signal) {
      yield* listMailboxes(await asking(signal))
    },
    search: async (text, signal) => searchMailboxes(await asking(signal), text),
    resolve: async (mailbox, signal) => resolveMailbox(await asking(signal), mailbox),
    readiness: async (mailbox, signal) => readiness(await asking(signal), mailbox),
    observe: (recorded, signal) => observe(access, recorded, signal),
    open: async (mailbox, options) =>
      openSession(
        { transport: await transport(), mailbox, connection: connection.name, admin: user, host, importExport: endpoints.importExport },
        options,
      ),
    async [Symbol.asyncDispose]() {
      const last = await opened?.catch(() => undefined)
      await last?.[Symbol.asyncDispose]()
    },
  }
}
