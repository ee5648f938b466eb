import type { MailServer } from '../mailServer.ts'
import { createSignInGuard } from '../signInGuard.ts'
import { type AccessDeps, accessTo } from './access.ts'
import { listMailboxes } from './directory/listMailboxes.ts'
import { identified, resolveMailbox, today } from './directory/resolveMailbox.ts'
import { searchMailboxes } from './directory/searchMailboxes.ts'
import type { Tokens } from './entra/tokens.ts'
import { openEws } from './ews/openEws.ts'
import type { Asking } from './graph/ask.ts'
import type { GraphTransport } from './graph/graphTransport.ts'
import { observe } from './observe.ts'
import { readiness } from './readiness.ts'
import { openOffice365Session } from './session/session.ts'
import { verifyConnection } from './verify/verifyConnection.ts'

export interface Office365Deps extends AccessDeps {
  /** Opens one mailbox over the server's transport, which all sessions share for what is known of the limits. */
  readonly openSession?: typeof openOffice365Session
}

/** An Office 365 tenant as the port has it, by Microsoft Graph. */
export function office365Server({ openSession = openOffice365Session, ...deps }: Office365Deps): MailServer {
  const access = accessTo(deps)
  const { connection, endpoints, user } = access
  const { host } = new URL(endpoints.graph)
  const guard = createSignInGuard(connection.name)
  const transports = new Map<string, GraphTransport>()

  /** The transport for today's secret: whoever was given a new one goes on with that. */
  const transport = async (): Promise<GraphTransport> => {
    const tokens = await access.tokens(guard)
    const known = transports.get(tokens.key) ?? access.graph(tokens)
    transports.set(tokens.key, known)
    return known
  }
  const asking = async (signal: AbortSignal): Promise<Asking> => ({
    graph: await transport(),
    context: { host, connection: connection.name, user },
    signal,
  })

  let ews: Tokens | undefined
  /** Shared by all mailboxes, until somebody gives a new secret. */
  const ewsTokens = async (): Promise<Tokens> => {
    const fresh = await access.ewsTokens(guard)
    if (ews?.key !== fresh.key) ews = fresh
    return ews
  }

  return {
    // A person asks for this, so what was refused before is tried once more.
    verify: (signal, mailbox) => verifyConnection(access, createSignInGuard(connection.name), signal, mailbox),
    async *mailboxes(signal) {
      yield* listMailboxes(await asking(signal))
    },
    search: async (text, signal) => searchMailboxes(await asking(signal), text),
    resolve: async (mailbox, signal) => resolveMailbox(await asking(signal), mailbox),
    async readiness(mailbox, signal) {
      const ask = await asking(signal)
      return readiness(ask, await identified(ask, mailbox))
    },
    observe: (recorded, signal) => observe(access, recorded, signal),
    open: async (named, options) => {
      const ask = await asking(options.signal)
      if (connection.settings.ews) return openEws({ access, tokens: await ewsTokens(), mailbox: await today(ask, named) }, options)
      const mailbox = await identified(ask, named)
      return openSession(
        {
          transport: ask.graph,
          mailbox,
          connection: connection.name,
          role: connection.role,
          admin: user,
          host,
          importExport: endpoints.importExport,
        },
        options,
      )
    },
    async [Symbol.asyncDispose]() {
      for (const each of transports.values()) await each[Symbol.asyncDispose]()
    },
  }
}
