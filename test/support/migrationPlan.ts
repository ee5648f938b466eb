import { privateFile } from './cli.ts'
import type { Endpoint } from './migration.ts'

export interface PlannedPair {
  readonly from: Endpoint
  readonly to: Endpoint
  /** The mailbox on each side. */
  readonly source: string
  readonly target: string
}

/** A plan with one job, `move`, for one mailbox; writes it and its secrets into `dir` and answers its file. */
export function planFor(dir: string, { from, to, source, target }: PlannedPair): string {
  const connection = (role: 'source' | 'target', end: Endpoint, mailbox: string) => {
    const secret = (text: string) => {
      privateFile(dir, `${role}.secret`, text)
      return { file: `${role}.secret` }
    }
    if ('connection' in end) return { ...end.connection, name: role, role, secret: secret(end.secret) }
    return {
      name: role,
      role,
      kind: 'imap',
      server: { host: end.host, port: end.port, tls: 'none', allowPlaintext: true },
      signIn: { method: 'mailbox' },
      secret: secret(`mailbox,user,password\n${mailbox},${mailbox},${end.passwordOf(mailbox)}\n`),
    }
  }
  return privateFile(dir, 'plan.json', {
    connections: [connection('source', from, source), connection('target', to, target)],
    jobs: [{ name: 'move', source: 'source', target: 'target', pairs: [{ source, target }] }],
  })
}
