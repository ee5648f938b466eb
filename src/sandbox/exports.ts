import type { SandboxSide } from './sides/exchangeSide.ts'
import type { Office365Side } from './sides/office365Side.ts'
import type { Side } from './sides/side.ts'
import type { Sandbox } from './world.ts'

/** What `Get-Mailbox | Select-Object … | Export-Csv -Encoding UTF8` writes of an organisation, byte order mark and quotes included. */
export function mailboxesCsv({ people, kind = 'exchange' }: Pick<Side, 'people'> & Partial<Pick<Side, 'kind'>>): string {
  const online = kind === 'office365'
  const columns = [
    'PrimarySmtpAddress',
    'DisplayName',
    'ExchangeGuid',
    'LegacyExchangeDN',
    ...(online ? ['ExternalDirectoryObjectId'] : []),
  ]
  const rows = people.flatMap(({ mailboxGuid, ...person }) =>
    mailboxGuid === undefined
      ? []
      : [[person.primarySmtpAddress, person.displayName, mailboxGuid, person.legacyExchangeDN, ...(online ? [person.objectGuid] : [])]],
  )
  return `\uFEFF${[columns, ...rows].map(row => `${row.map(quoted).join(',')}\r\n`).join('')}`
}

const quoted = (field: string): string => `"${field.replaceAll('"', '""')}"`

/** Either kind of side: what it is tells how it is signed in to. */
export type AnySide = SandboxSide | Office365Side

/** The files, by name, that a migration from the leaving to the receiving organisation starts with: a plan, both lists of mailboxes, and the authority. */
export function planFiles(sandbox: Sandbox<AnySide, AnySide>): Readonly<Record<string, string>> {
  const { leaving, receiving, domain, discovery } = sandbox
  const common = (name: string, role: string): object => ({ name, role, trust: { caFile: 'ca.pem' }, secret: { file: `${name}.secret` } })
  const connection = (name: string, role: string, side: AnySide, domainOf: string): object =>
    side.kind === 'office365'
      ? {
          ...common(name, role),
          kind: 'office365',
          at: { login: side.loginUrl, graph: side.graphUrl },
          signIn: { method: 'application', tenant: side.tenant.id, clientId: side.application.application.appId, credential: 'secret' },
        }
      : {
          ...common(name, role),
          kind: 'exchange',
          server: { autodiscover: { domain: domainOf, at: discovery.url } },
          admin: { user: side.admin.userPrincipalName, method: 'ntlm', access: 'impersonation' },
        }
  const plan = {
    connections: [connection('leaving', 'source', leaving, domain), connection('receiving', 'target', receiving, receiving.ownDomain)],
    jobs: [
      {
        name: 'move',
        source: 'leaving',
        target: 'receiving',
        pairs: { csv: 'pairs.csv', sourceList: 'leaving-mailboxes.csv', targetList: 'receiving-mailboxes.csv' },
        policy: 'changes',
      },
    ],
  }
  const pairs = leaving.people.map((person, index) => `${person.primarySmtpAddress},${receiving.people[index]?.primarySmtpAddress}\n`)
  return {
    'plan.json': `${JSON.stringify(plan, undefined, 2)}\n`,
    'pairs.csv': `source,target\n${pairs.join('')}`,
    'leaving-mailboxes.csv': mailboxesCsv(leaving),
    'receiving-mailboxes.csv': mailboxesCsv(receiving),
    'leaving.secret': `${secretOf(leaving)}\n`,
    'receiving.secret': `${secretOf(receiving)}\n`,
    'ca.pem': sandbox.caCert,
  }
}

const secretOf = (side: AnySide): string => (side.kind === 'office365' ? side.application.secret : side.admin.password)
