import { type GatedOperation, refuseStale } from '../../domain/staleGate.ts'
import type { JobSummary } from '../../rpc/results.ts'
import type { App } from '../app.ts'

/** Throws `stale` for the first connection of a job that forbids the operation, the source's before the target's. */
export function refuseStaleConnections(app: App, job: Pick<JobSummary, 'source' | 'target'>, operation: GatedOperation): void {
  for (const name of [job.source, job.target]) {
    const connection = app.mirror.connections.find(other => other.name === name)
    const refusal = connection && refuseStale(connection, operation)
    if (refusal !== undefined) throw refusal
  }
}
