import { randomUUID } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Connection, ExchangeSettings, Recorded } from '../../../src/domain/connection.ts'
import { asConnectionId } from '../../../src/domain/ids.ts'
import { type Sandbox, type SandboxOptions, type SandboxSide, startSandbox } from '../../../src/sandbox/world.ts'
import { exchangeServer } from '../../../src/servers/exchange/exchangeServer.ts'
import type { Check, CheckName, MailServer } from '../../../src/servers/mailServer.ts'
import { tempDir } from '../../support/tempDir.ts'
import { never } from '../imap/support.ts'

export interface World extends Sandbox {
  /** The sandbox's authority, as a connection takes it. */
  readonly caFile: string
}

let folder: string | undefined

export async function startWorld(options: SandboxOptions = {}): Promise<World> {
  const sandbox = await startSandbox({ people: 3, ...options })
  folder ??= tempDir().path
  const caFile = join(folder, `${randomUUID()}.pem`)
  await writeFile(caFile, sandbox.caCert)
  return { ...sandbox, caFile }
}

export interface Change {
  readonly server?: ExchangeSettings['server']
  readonly trust?: ExchangeSettings['trust']
  readonly admin?: Partial<ExchangeSettings['admin']>
  readonly password?: string
  readonly recorded?: Recorded
}

export const byAutodiscover = ({ domain, discovery }: World): ExchangeSettings['server'] => ({
  by: 'autodiscover',
  domain,
  at: `${discovery.host}:${discovery.port}`,
})

/** A connection to one side as its administrator, by NTLM to its EWS address unless told otherwise. */
export function exchangeConnection({ caFile }: World, { admin, ewsUrl }: SandboxSide, change: Change = {}): Connection<ExchangeSettings> {
  const { recorded } = change
  return {
    id: asConnectionId('0'),
    name: 'Old Exchange',
    role: 'source',
    settings: {
      kind: 'exchange',
      server: change.server ?? { by: 'url', url: ewsUrl },
      trust: change.trust ?? { caFile },
      admin: { user: admin.userPrincipalName, method: 'ntlm', access: 'impersonation', ...change.admin },
    },
    verification: recorded === undefined ? { state: 'unverified' } : { state: 'verified', recorded },
  }
}

export const connectTo = (world: World, side: SandboxSide, change: Change = {}): MailServer =>
  exchangeServer({
    connection: exchangeConnection(world, side, change),
    secrets: { secretFor: async () => ({ password: change.password ?? side.admin.password }) },
  })

/** All checks of a verification by name, their states, and what was learned. */
export async function verified(server: MailServer, mailbox?: string) {
  const checks = new Map<CheckName, Check>()
  const running = server.verify(never, mailbox)
  for (;;) {
    const { done, value } = await running.next()
    if (done) return { checks, learned: value, states: Object.fromEntries([...checks].map(([name, { state }]) => [name, state])) }
    checks.set(value.name, value)
  }
}

/** What a verification recorded, with its time. */
export async function recordedBy(server: MailServer, mailbox?: string): Promise<Recorded> {
  const { learned, states } = await verified(server, mailbox)
  if (learned === undefined) throw new Error(`not verified: ${JSON.stringify(states)}`)
  return { at: '2026-01-01T00:00:00.000Z', ...learned }
}
