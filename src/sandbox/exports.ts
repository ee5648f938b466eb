import type { Sandbox, SandboxSide } from './world.ts'

/** What `Get-Mailbox | Select-Object … | Export-Csv -Encoding UTF8` writes of an organisation, byte order mark and quotes included. */
export function mailboxesCsv({ people }: Pick<SandboxSide, 'people'>): string {
  const columns = ['PrimarySmtpAddress', 'DisplayName', 'ExchangeGuid', 'LegacyExchangeDN']
  const rows = people.flatMap(({ mailboxGuid, ...person }) =>
    mailboxGuid === undefined ? [] : [[person.primarySmtpAddress, person.displayName, mailboxGuid, person.legacyExchangeDN]],
  )
  return `\uFEFF${[columns, ...rows].map(row => `${row.map(quoted).join(',')}\r\n`).join('')}`
}

const quoted = (field: string): string => `"${field.replaceAll('"', '""')}"`

/** The files, by name, that a migration from the leaving to the receiving organisation starts with: a plan, both lists of mailboxes, and the authority. */
export function planFiles(sandbox: Sandbox): Readonly<Record<string, string>> {
  const { leaving, receiving, domain, discovery } = sandbox
  const connection = (name: string, role: string, { admin }: SandboxSide, domainOf: string): object => ({
    name,
    role,
    kind: 'exchange',
    server: { autodiscover: { domain: domainOf, at: discovery.url } },
    trust: { caFile: 'ca.pem' },
    admin: { user: admin.userPrincipalName, method: 'ntlm', access: 'impersonation' },
    secret: { file: `${name}.secret` },
  })
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
    'leaving.secret': `${leaving.admin.password}\n`,
    'receiving.secret': `${receiving.admin.password}\n`,
    'ca.pem': sandbox.caCert,
  }
}
