import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { mailboxesCsv } from '../../../src/sandbox/exports.ts'
import type { Office365Side } from '../../../src/sandbox/sides/office365Side.ts'
import type { Sandbox, SandboxSide } from '../../../src/sandbox/world.ts'
import { privateFile } from '../cli.ts'
import type { Desk } from './desk.ts'

type Side = SandboxSide | Office365Side

/**
 * Writes what an administrator would have: the plan, who is whom, the secrets. An Exchange organisation is found by Autodiscover and its mailboxes come from a list;
 * a tenant is signed in to as an application, and tells its mailboxes itself.
 * @param desk an administrator's own mailbox, which he opens by his own sign-in.
 * @param options `ews`: tenants' mail by Exchange Web Services.
 */
export function writePlan(dir: string, sandbox: Sandbox<Side, Office365Side>, desk?: Desk, { ews = false } = {}): void {
  const { leaving, receiving, domain, discovery, caCert } = sandbox
  const common = (name: string, role: string): object => ({ name, role, trust: { caFile: 'ca.pem' }, secret: { file: `${name}.secret` } })
  const tenant = (name: string, role: string, { application, tenant: { id }, loginUrl, graphUrl, exchange }: Office365Side): object => ({
    ...common(name, role),
    kind: 'office365',
    at: { login: loginUrl, graph: graphUrl, ...(ews && { outlook: new URL(exchange.ewsUrl).origin }) },
    ...(ews && { ews }),
    signIn: { method: 'application', tenant: id, clientId: application.application.appId, credential: 'secret' },
  })
  const old =
    leaving.kind === 'office365'
      ? tenant('old', 'source', leaving)
      : {
          ...common('old', 'source'),
          kind: 'exchange',
          server: { autodiscover: { domain, at: new URL(discovery.url).host } },
          admin: { user: leaving.admin.userPrincipalName, method: 'ntlm', access: 'impersonation' },
        }
  const lists = leaving.kind === 'exchange' ? { sourceList: 'old-mailboxes.csv' } : {}
  const plan = {
    connections: [
      old,
      tenant('new', 'target', receiving),
      ...(desk === undefined ? [] : [{ ...common('desk', 'source'), ...desk.connection }]),
    ],
    jobs: [
      { name: 'move', source: 'old', target: 'new', pairs: { csv: 'pairs.csv', ...lists } },
      ...(desk === undefined
        ? []
        : [
            {
              name: 'own',
              source: 'desk',
              target: 'new',
              pairs: [{ source: leaving.admin.primarySmtpAddress, target: receiving.admin.primarySmtpAddress }],
            },
          ]),
    ],
  }
  const pairs = leaving.people.map((person, index) => `${person.primarySmtpAddress},${receiving.people[index]?.primarySmtpAddress}\n`)
  const files = {
    'ca.pem': caCert,
    'pairs.csv': `source,target\n${pairs.join('')}`,
    'old.secret': `${leaving.kind === 'office365' ? leaving.application.secret : leaving.admin.password}\n`,
    'new.secret': `${receiving.application.secret}\n`,
    ...(leaving.kind === 'exchange' && { 'old-mailboxes.csv': mailboxesCsv(leaving) }),
    ...(desk && { 'desk.secret': `${desk.refreshToken}\n` }),
  }
  for (const [file, text] of Object.entries(files)) writeFileSync(join(dir, file), text, { mode: 0o600 })
  privateFile(dir, 'plan.json', plan)
}
