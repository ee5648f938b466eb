import type { Connection, StaleReason, Verification } from './connection.ts'
import { MailferryError } from './errors.ts'
import type { Job } from './job.ts'

/** What a stale connection forbids on its jobs. */
export type GatedOperation = 'refreshAddresses' | 'start' | 'restart' | 'delta' | 'reset'

const operations: Record<GatedOperation, string> = {
  refreshAddresses: 'refreshing email addresses',
  start: 'starting the job',
  restart: 'restarting the job',
  delta: 'a delta migration',
  reset: 'resetting the migration state',
}

const reasons: Record<StaleReason, string> = {
  adminAddressChanged: 'the admin account has another address now',
  signInRefusedDomainGone: 'the sign-in is refused, and the admin account’s domain has left the organisation',
  addressMoved: 'the server is no longer at its recorded address',
  declared: 'a domain change was declared that concerns it',
}

/** `stale` for an operation that needs this connection as it was recorded. */
export const refuseStale = (
  { name, verification }: Pick<Connection, 'name' | 'verification'>,
  operation: GatedOperation,
): MailferryError | undefined => {
  if (verification.state !== 'stale') return undefined
  return new MailferryError('stale', { connection: name, reason: because(verification), operation: operations[operation] })
}

function because({ reason, detail }: Extract<Verification, { state: 'stale' }>): string {
  if (detail === '') return reasons[reason]
  return reason === 'signInRefusedDomainGone' ? `the sign-in is refused, and ${detail}` : `${reasons[reason]} (${detail})`
}

/** The first of the job's two connections that forbids the operation, source before target. */
export const mayOperate = (
  operation: GatedOperation,
  job: Pick<Job, 'source' | 'target'>,
  connections: Iterable<Pick<Connection, 'id' | 'name' | 'verification'>>,
): MailferryError | undefined => {
  const all = [...connections]
  for (const id of [job.source, job.target]) {
    const connection = all.find(other => other.id === id)
    const refusal = connection === undefined ? undefined : refuseStale(connection, operation)
    if (refusal !== undefined) return refusal
  }
  return undefined
}
