import type { Mailbox } from '../../../domain/pair.ts'
import { openExchangeSession } from '../../exchange/session/session.ts'
import { ewsTransport } from '../../exchange/transport/ewsTransport.ts'
import type { MailSession, OpenOptions } from '../../mailServer.ts'
import type { Access } from '../access.ts'
import type { Tokens } from '../entra/tokens.ts'
import { oauthSignIn } from './oauthSignIn.ts'

/** The release that Exchange Online speaks EWS of; it answers none of its own that would be older. */
const version = '15.20'

export interface EwsOpening {
  readonly access: Access
  readonly tokens: Tokens
  /** By its Entra object id, with today's primary address: EWS impersonates by nothing else. */
  readonly mailbox: Mailbox
}

/**
 * Opens a mailbox of Exchange Online by EWS, with Exchange's own code: an application impersonates (`full_access_as_app`), a person opens what he has full access to.
 * Throws `ews.closed`, and what opening an Exchange mailbox does.
 */
export async function openEws({ access, tokens, mailbox }: EwsOpening, options: OpenOptions): Promise<MailSession> {
  const { connection, endpoints, network, userAgent, user } = access
  const transport = ewsTransport({
    url: `${endpoints.outlook}/EWS/Exchange.asmx`,
    network,
    signIn: oauthSignIn(tokens, connection.name),
    userAgent,
    connections: options.requests ?? options.connections,
  })
  try {
    const session = await openExchangeSession(
      {
        transport,
        mailbox,
        connection: connection.name,
        admin: user,
        access: connection.settings.signIn.method === 'application' ? 'impersonation' : 'delegate',
        serverVersion: version,
        identity: async () => mailbox,
      },
      options,
    )
    return {
      ...session,
      async [Symbol.asyncDispose]() {
        await session[Symbol.asyncDispose]()
        await transport[Symbol.asyncDispose]()
      },
    }
  } catch (error) {
    await transport[Symbol.asyncDispose]()
    throw error
  }
}
