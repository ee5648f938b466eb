import type { Connection } from '../../src/domain/connection.ts'
import { asConnectionId } from '../../src/domain/ids.ts'
import type { OpenServer } from '../../src/engine/context.ts'
import { openServer } from '../../src/engine/openServer.ts'
import type { Office365Side } from '../../src/sandbox/sides/office365Side.ts'
import type { SandboxSide } from '../../src/sandbox/world.ts'
import { office365Server } from '../../src/servers/office365/office365Server.ts'
import { openOffice365Session } from '../../src/servers/office365/session/session.ts'
import type { Dovecot } from './dovecot.ts'
import { contentOf, inOrder, type MailboxView, type ViewOptions } from './exchangeMailbox.ts'
import type { Endpoint, ExchangeEndpoint, Office365Endpoint } from './migration.ts'
import { snapshot } from './snapshot.ts'

/** An organisation of the sandbox as the end of a migration. */
export const exchangeEndpoint = ({ admin, ewsUrl, certificate }: SandboxSide): ExchangeEndpoint => ({
  connection: {
    kind: 'exchange',
    server: { url: ewsUrl },
    trust: { fingerprints: [certificate.fingerprint] },
    admin: { user: admin.userPrincipalName, method: 'basic' },
  },
  secret: admin.password,
})

/** A tenant of the sandbox as the end of a migration. `caFile`: the authority of its certificates. */
export const office365Endpoint = ({ loginUrl, graphUrl, tenant, application }: Office365Side, caFile: string): Office365Endpoint => ({
  connection: {
    kind: 'office365',
    at: { login: loginUrl, graph: graphUrl },
    trust: { caFile },
    signIn: { method: 'application', tenant: tenant.id, clientId: application.application.appId, credential: 'secret' },
  },
  secret: application.secret,
})

/** As the engine opens servers; but the sandbox's lists lag behind only where it is told so, and nobody waits for them. */
export const openWithoutLag: OpenServer = async (connection, secrets) => {
  const { settings } = connection
  if (settings.kind !== 'office365') return openServer(connection, secrets)
  return office365Server({
    connection: { ...connection, settings },
    secrets,
    openSession: (deps, options) => openOffice365Session({ ...deps, pause: 20, settle: 0 }, options),
  })
}

/** The connection that stands for an endpoint, for a client beside the migration. */
export function connectionOf(endpoint: Endpoint): Connection {
  const common = { id: asConnectionId('owner'), name: 'owner', role: 'source', verification: { state: 'unverified' } } as const
  if (!('connection' in endpoint)) {
    const server = { host: endpoint.host, port: endpoint.port, tls: 'none', allowPlaintext: true } as const
    return { ...common, settings: { kind: 'imap', server, signIn: { method: 'mailbox' } } }
  }
  const { connection } = endpoint
  if (connection.kind === 'office365') return { ...common, settings: connection }
  const { server, trust, admin } = connection
  return {
    ...common,
    settings: { kind: 'exchange', server: { by: 'url', url: server.url }, trust, admin: { ...admin, access: 'impersonation' } },
  }
}

/** A keyword that stands for a text has each byte that can’t be in a keyword as `=` and two digits, after a first `=`. */
const asText = (keyword: string): string => (keyword.startsWith('=') ? decodeURIComponent(keyword.slice(1).replaceAll('=', '%')) : keyword)

/** An IMAP mailbox as both kinds of server can be compared; empty folders are left out. */
export async function viewOfImap(server: Dovecot, user: string, { print = contentOf }: ViewOptions = {}): Promise<MailboxView> {
  const { folders } = await snapshot(server, user, {}, { bodies: true })
  const view = new Map<string, ReturnType<typeof inOrder>>()
  for (const [folder, messages] of folders) {
    if (messages.length === 0) continue
    const mails = messages.map(async ({ body, flags, keywords, received }) => ({
      content: await print(body ?? Buffer.alloc(0)),
      flags: [...flags, ...keywords.map(asText)].sort(),
      received,
    }))
    view.set(folder, inOrder(await Promise.all(mails)))
  }
  return view
}
