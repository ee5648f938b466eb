import type { Connection } from '../../src/domain/connection.ts'
import { asConnectionId } from '../../src/domain/ids.ts'
import type { SandboxSide } from '../../src/sandbox/world.ts'
import type { Dovecot } from './dovecot.ts'
import { contentOf, inOrder, type MailboxView, type ViewOptions } from './exchangeMailbox.ts'
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
