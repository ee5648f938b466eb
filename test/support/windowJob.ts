import type { Params } from '../../src/rpc/protocol.ts'
import type { Dovecot } from './dovecot.ts'
import type { Window } from './engine.ts'

type PlannedConnection = Params<'connection.save'>['connection']

export const connectionTo = (server: Dovecot, role: 'source' | 'target', name: string = role): PlannedConnection => ({
  name,
  role,
  kind: 'imap',
  server: { host: server.host, port: server.port, tls: 'none', allowPlaintext: true },
  signIn: { method: 'mailbox' },
})

export const csvOf = (server: Dovecot, users: readonly string[]): string =>
  ['mailbox,user,password', ...users.map(user => `${user},${user},${server.passwordOf(user)}`)].join('\n')

export interface DefineOptions {
  readonly users: readonly string[]
  /** As in a plan file. */
  readonly job?: Partial<Params<'job.save'>['job']>
}

/** Defines two connections and the job *move* as the editor's forms do, without their secrets. Answers the connections' ids. */
export async function defineJob(
  { engine }: Window,
  source: Dovecot,
  target: Dovecot,
  { users, job = {} }: DefineOptions,
): Promise<{ readonly source: string; readonly target: string }> {
  const { id: from } = await engine.call('connection.save', { connection: connectionTo(source, 'source') })
  const { id: to } = await engine.call('connection.save', { connection: connectionTo(target, 'target') })
  await engine.call('job.save', {
    job: { name: 'move', source: 'source', target: 'target', ...job },
    add: users.map(user => ({ source: user })),
  })
  return { source: from, target: to }
}
