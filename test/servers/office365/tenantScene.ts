import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Connection, Office365Settings, Recorded } from '../../../src/domain/connection.ts'
import { asConnectionId } from '../../../src/domain/ids.ts'
import type { Check, MailServer } from '../../../src/servers/mailServer.ts'
import { office365Server } from '../../../src/servers/office365/office365Server.ts'
import type { Secret } from '../../../src/servers/secretSource.ts'
import { type Contoso, contoso } from '../../sandbox/office365/support.ts'
import { watchGraph } from '../../support/graphShapes.ts'
import { tempDir } from '../../support/tempDir.ts'
import { never } from '../imap/support.ts'

interface ServerOptions {
  readonly role?: Connection['role']
  /** The application's unless told. */
  readonly secret?: Secret | (() => Secret)
  readonly signIn?: Office365Settings['signIn']
  readonly verification?: Connection['verification']
}

/** The sandbox's tenant, and what reaches it as a mail server. That every request is documented is checked at the end. */
export interface TenantScene extends AsyncDisposable {
  readonly org: Contoso
  serverOf(options?: ServerOptions): MailServer
}

export async function tenantScene(options: Parameters<typeof contoso>[0] = {}): Promise<TenantScene> {
  const org = await contoso(options)
  const dir = tempDir()
  const watch = watchGraph(org.graphUrl)
  const caFile = join(dir.path, 'ca.pem')
  await writeFile(caFile, org.ca)
  return {
    org,
    serverOf({ role = 'source', secret = { password: org.app.secret }, signIn, verification } = {}) {
      const settings: Office365Settings = {
        kind: 'office365',
        at: { login: org.loginUrl, graph: org.graphUrl },
        trust: { caFile },
        signIn: signIn ?? { method: 'application', tenant: org.tenant.id, clientId: org.app.application.appId, credential: 'secret' },
      }
      return office365Server({
        connection: { id: asConnectionId('c'), name: 'Cloud', role, settings, verification: verification ?? { state: 'unverified' } },
        secrets: { secretFor: async () => (typeof secret === 'function' ? secret() : secret) },
      })
    },
    async [Symbol.asyncDispose]() {
      watch[Symbol.dispose]()
      await org[Symbol.asyncDispose]()
      dir[Symbol.dispose]()
      assert.deepEqual(watch.problems, [], 'every request is documented')
    },
  }
}

export const recorded = (org: Contoso): Recorded => ({
  at: '2026-01-01T00:00:00.000Z',
  organisation: org.tenant.id,
  acceptedDomains: ['contoso.onmicrosoft.com', 'contoso.test'],
  adminAddress: 'admin@contoso.test',
})

export async function verify(server: MailServer, mailbox?: string) {
  const checks: Check[] = []
  const running = server.verify(never, mailbox)
  for (;;) {
    const next = await running.next()
    if (next.done) return { checks, learned: next.value, states: Object.fromEntries(checks.map(({ name, state }) => [name, state])) }
    checks.push(next.value)
  }
}

export const detail = (checks: readonly Check[], name: string): string => checks.find(check => check.name === name)?.detail ?? ''
