import type { Connection } from '../../src/domain/connection.ts'
import { asConnectionId } from '../../src/domain/ids.ts'
import type { Mailbox } from '../../src/domain/pair.ts'
import type { OpenServer } from '../../src/engine/context.ts'
import { openServer } from '../../src/engine/openServer.ts'
import { contentPrint } from '../../src/migration/content/contentPrint.ts'
import { personByAddress } from '../../src/sandbox/exchange/organisation.ts'
import type { Sandbox, SandboxSide } from '../../src/sandbox/world.ts'
import { openExchangeSession } from '../../src/servers/exchange/session/session.ts'
import { credentialsFor } from '../../src/servers/exchange/signIn/credentials.ts'
import { signInWith } from '../../src/servers/exchange/signIn/signIn.ts'
import { ewsTransport } from '../../src/servers/exchange/transport/ewsTransport.ts'
import { systemResolver } from '../../src/servers/http/resolver.ts'
import type { MailServer } from '../../src/servers/mailServer.ts'
import { createSignInGuard } from '../../src/servers/signInGuard.ts'
import { trustOf } from '../../src/servers/tls/trust.ts'
import type { Dovecot } from './dovecot.ts'
import { inOrder, type MailboxView } from './exchangeMailbox.ts'
import type { Endpoint } from './migration.ts'
import { snapshot } from './snapshot.ts'

/** An organisation of the sandbox as the end of a migration. */
export const exchangeEndpoint = ({ admin, ewsUrl, certificate }: SandboxSide) => ({
  connection: {
    kind: 'exchange' as const,
    server: { url: ewsUrl },
    trust: { fingerprints: [certificate.fingerprint] },
    admin: { user: admin.userPrincipalName, method: 'basic' as const },
  },
  secret: admin.password,
})

/**
 * Opens the sandbox's mailboxes over EWS, and IMAP's as ever. It stands where the product finds servers by Autodiscover, which has suites of its own;
 * whose mailbox it is the directory of the sandbox says.
 */
export const openSandbox =
  ({ leaving, receiving }: Sandbox): OpenServer =>
  async (connection, secrets) => {
    const { settings, name } = connection
    if (settings.kind !== 'exchange') return openServer(connection, secrets)
    const url = settings.server.by === 'url' ? settings.server.url : ''
    const { organisation } = leaving.ewsUrl === url ? leaving : receiving
    const { admin } = settings
    const credentials = credentialsFor(admin, await secrets.secretFor(), name)
    const transport = ewsTransport({
      url,
      network: { resolver: systemResolver, trust: trustOf({}), fingerprints: settings.trust?.fingerprints ?? [] },
      signIn: signInWith(credentials, createSignInGuard(name)),
      userAgent: 'Mailferry/test',
    })
    const identity = async (address: string): Promise<Mailbox | undefined> => {
      const id = personByAddress(organisation, address)?.mailboxGuid
      return id === undefined ? undefined : { address, id }
    }
    return {
      open: (mailbox, options) =>
        openExchangeSession(
          { transport, mailbox, connection: name, admin: admin.user, access: admin.access, identity, pause: 20 },
          options,
        ),
      resolve: async mailbox => ({ found: 'one', mailbox }),
      observe: async () => ({}),
      async *mailboxes() {},
      // biome-ignore lint/correctness/useYield: there is nothing to check.
      async *verify() {
        return { organisation: organisation.deploymentId }
      },
      [Symbol.asyncDispose]: () => transport[Symbol.asyncDispose](),
    } satisfies MailServer
  }

/** The connection that stands for an endpoint, for a client beside the migration. */
export function connectionOf(endpoint: Endpoint): Connection {
  const common = { id: asConnectionId('owner'), name: 'owner', role: 'source', verification: { state: 'unverified' } } as const
  if (!('connection' in endpoint)) {
    const server = { host: endpoint.host, port: endpoint.port, tls: 'none', allowPlaintext: true } as const
    return { ...common, settings: { kind: 'imap', server, signIn: { method: 'mailbox' } } }
  }
  const { server, trust, admin } = endpoint.connection
  return {
    ...common,
    settings: { kind: 'exchange', server: { by: 'url', url: server.url }, trust, admin: { ...admin, access: 'impersonation' } },
  }
}

/** A keyword that stands for a text has each byte that can’t be in a keyword as `=` and two digits, after a first `=`. */
const asText = (keyword: string): string => (keyword.startsWith('=') ? decodeURIComponent(keyword.slice(1).replaceAll('=', '%')) : keyword)

/** An IMAP mailbox as both kinds of server can be compared; empty folders are left out. */
export async function viewOfImap(server: Dovecot, user: string): Promise<MailboxView> {
  const { folders } = await snapshot(server, user, {}, { bodies: true })
  const view = new Map<string, ReturnType<typeof inOrder>>()
  for (const [folder, messages] of folders) {
    if (messages.length === 0) continue
    const mails = messages.map(async ({ body, flags, keywords, received }) => ({
      content: await contentPrint([body ?? Buffer.alloc(0)]),
      flags: [...flags, ...keywords.map(asText)].sort(),
      received,
    }))
    view.set(folder, inOrder(await Promise.all(mails)))
  }
  return view
}
