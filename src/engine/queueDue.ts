import type { Job } from '../domain/job.ts'
import { mayRunAt } from '../domain/schedule.ts'
import { mayOperate } from '../domain/staleGate.ts'
import { listConnections } from '../ledger/connections.ts'
import { wantedOf } from '../ledger/jobs.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { hasCompleted, queueCompleted } from '../ledger/queueCompleted.ts'

const hour = 3_600_000

/** Queues the pairs of a wanted job that its schedule wants a delta migration of by now; none while a connection is stale. Answers how many. */
export async function queueDue(ledger: Ledger, job: Job): Promise<number> {
  const { schedule } = job.settings
  const now = ledger.clock.now()
  if (schedule?.deltaEvery === undefined || !mayRunAt(schedule, now)) return 0
  const before = new Date(now - schedule.deltaEvery * hour).toISOString()
  if (!(await hasCompleted(ledger.db, job.id, before))) return 0
  return ledger.write(async tx => {
    if ((await wantedOf(tx, job.id)) === 'stop') return 0
    return mayOperate('delta', job, await listConnections(tx)) === undefined ? queueCompleted(tx, job.id, before) : 0
  })
}
