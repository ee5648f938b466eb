import { asPairId, type PairId } from '../domain/ids.ts'
import type { Job } from '../domain/job.ts'
import { mayOperate } from '../domain/staleGate.ts'
import { findConnection, listConnections } from '../ledger/connections.ts'
import { setWanted } from '../ledger/editJobs.ts'
import { findJob } from '../ledger/jobs.ts'
import { queuePairs } from '../ledger/leases.ts'
import type { Tx } from '../ledger/ledger.ts'
import { findPair } from '../ledger/pairs.ts'

export interface ToQueue {
  readonly name: string
  readonly delta: boolean
  readonly mailboxes?: readonly string[] | undefined
}

/** Says that a job is wanted and queues its pairs: a start takes what isn't completed, a delta completed ones too. Throws `stale`, `job.empty`, `pair.notFound`. */
export async function queueJob(tx: Tx, { name, delta, mailboxes }: ToQueue): Promise<{ readonly job: Job; readonly pairs: number }> {
  const job = await findJob(tx, name)
  await findConnection(tx, job.source)
  await findConnection(tx, job.target)
  const refusal = delta ? mayOperate('delta', job, await listConnections(tx)) : undefined
  if (refusal !== undefined) throw refusal
  await setWanted(tx, job.id, 'run')
  return { job, pairs: await queuePairs(tx, job.id, await chosen(tx, job, delta, mailboxes)) }
}

async function chosen(tx: Tx, job: Job, delta: boolean, mailboxes: readonly string[] | undefined): Promise<PairId[]> {
  if (mailboxes !== undefined) {
    const pairs: PairId[] = []
    for (const mailbox of mailboxes) pairs.push((await findPair(tx, job.id, mailbox)).id)
    return pairs
  }
  const rows = await tx
    .selectFrom('pairs')
    .select('id')
    .where('job', '=', job.id)
    .$if(!delta, query => query.where('state', 'not in', ['completed', 'completedWithDifferences']))
    .execute()
  return rows.map(({ id }) => asPairId(id))
}
