import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { privateFile } from '../../support/cli.ts'
import type { Person } from '../../support/corpus/company.ts'
import type { Dovecot } from '../../support/dovecot.ts'
import type { Servers } from './servers.ts'

/** Writes the plan, the passwords and the new server's certificate authority, as an administrator would, into the folder. */
export function writePlan(dir: string, servers: Servers, people: readonly Person[]): void {
  const authority = servers.new.certificate?.caFile
  if (authority !== undefined) copyFileSync(authority, join(dir, 'new-ca.pem'))
  privateFile(dir, 'passwords.csv', `mailbox,user,password\n${people.map(passwordRow).join('')}`)
  privateFile(dir, 'plan.json', {
    connections: [connection('old', 'source', servers.old, {}), connection('new', 'target', servers.new, { caFile: 'new-ca.pem' })],
    jobs: [{ name: 'move', source: 'old', target: 'new', pairs: people.map(({ user }) => ({ source: user })) }],
  })
}

const passwordRow = ({ user, password }: Person): string => `${user},${user},"${password.replaceAll('"', '""')}"\n`

const connection = (name: string, role: 'source' | 'target', { host, tlsPort }: Dovecot, trust: { caFile?: string }): object => ({
  name,
  role,
  kind: 'imap',
  server: { host, port: tlsPort, tls: 'implicit', ...trust },
  signIn: { method: 'mailbox' },
  secret: { file: 'passwords.csv' },
})
