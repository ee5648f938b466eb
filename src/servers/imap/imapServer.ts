import type { ImapFlow } from 'imapflow'
import type { Connection, ImapSettings } from '../../domain/connection.ts'
import type { Mailbox } from '../../domain/pair.ts'
import type { MailServer } from '../mailServer.ts'
import type { SecretSource } from '../secretSource.ts'
import { createSignInGuard } from '../signInGuard.ts'
import { trustOf } from '../tls/trust.ts'
import { type ClientInfo, signIn } from './connect.ts'
import { type Credentials, credentialsFor, useOf } from './credentials.ts'
import { observe } from './observe.ts'
import { openImapSession } from './session.ts'
import { verifyConnection } from './verify.ts'

export interface ImapServerDeps {
  readonly connection: Connection<ImapSettings>
  readonly secrets: SecretSource
  readonly clientInfo?: ClientInfo
}

const pageSize = 500

/** An IMAP server as the port has it. Keeps no connection of its own: each session opens and closes its own. */
export function imapServer({ connection, secrets, clientInfo = { name: 'Mailferry', version: '' } }: ImapServerDeps): MailServer {
  const { server, signIn: how } = connection.settings
  const trust = trustOf(server)
  const guard = createSignInGuard(connection.name)

  const credentialsOf = async (mailbox?: string): Promise<Credentials> =>
    credentialsFor(how, await secrets.secretFor(mailbox), mailbox, connection.name)
  const compress = server.compress ?? false

  const connect = async (mailbox: string, signal: AbortSignal): Promise<ImapFlow> => {
    const credentials = await credentialsOf(mailbox)
    return guard.attempt(useOf(credentials), stillAllowed => {
      const last = async () => {
        stillAllowed()
        return credentials
      }
      return signIn({ server, trust, clientInfo, credentials: last }, { signal, compress })
    })
  }

  // A person asks for this, so the guard is left out: what was refused before is tried once more.
  const verify: MailServer['verify'] = (signal, mailbox) => {
    const target = { server, trust, clientInfo, credentials: () => credentialsOf(mailbox) }
    return verifyConnection({ connection, secrets, mailbox, signIn: onTrusted => signIn(target, { signal, compress, onTrusted }) })
  }

  return {
    verify,
    resolve: async mailbox => ({ found: 'one', mailbox }),
    observe: (_recorded, signal) => observe(verify, signal),
    async *mailboxes(signal) {
      const known = how.method === 'admin' ? [] : ((await secrets.mailboxes?.()) ?? [])
      for (let at = 0; at < known.length; at += pageSize) {
        signal.throwIfAborted()
        yield known.slice(at, at + pageSize).map((address): Mailbox => ({ address }))
      }
    },
    open: (mailbox, options) =>
      openImapSession({ host: server.host, mailbox: mailbox.address, connect: signal => connect(mailbox.address, signal) }, options),
    async [Symbol.asyncDispose]() {},
  }
}
