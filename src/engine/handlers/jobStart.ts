import { asPairId, type PairId } from '../../domain/ids.ts'
import type { Job } from '../../domain/job.ts'
import { mayOperate } from '../../domain/staleGate.ts'
import { listConnections } from '../../ledger/connections.ts'
import { setWanted } from '../../ledger/editJobs.ts'
import { findJob } from '../../ledger/jobs.ts'
import { queuePairs } from '../../ledger/leases.ts'
import type { Tx } from '../../ledger/ledger.ts'
import { findPair } from '../../ledger/pairs.ts'
import { storedError } from '../../migration/storedError.ts'
import type { Handler } from '../../rpc/protocol.ts'
import { connectable } from '../connections.ts'
import type { EngineContext } from '../context.ts'
import { pairsToRun } from '../jobPairs.ts'
import { jobStatus } from '../jobSummary.ts'
import { runJob } from '../runJob.ts'

/**
 * Queues a job's pairs and works them off in this process. A start takes what isn't completed; a delta takes completed pairs too.
 * Throws `stale`, `job.empty`, `pair.notFound`, `connection.notYet`.
 */
export const jobStart: Handler<'job.start', EngineContext> = async (
  context,
  { name, delta, mailboxes, deletionsAllowed, leaseSeconds },
  call,
) => {
  const { ledger } = context
  const job = await ledger.write(async tx => {
    const job = await findJob(tx, name)
    await connectable(tx, job.source)
    await connectable(tx, job.target)
    const refusal = delta ? mayOperate('delta', job, await listConnections(tx)) : undefined
    if (refusal !== undefined) throw refusal
    await setWanted(tx, job.id, 'run')
    await queuePairs(tx, job.id, await chosen(tx, job, delta, mailboxes))
    return job
  })
  const engine = await context.engine(leaseSeconds === undefined ? undefined : leaseSeconds * 1000)
  call.emit({ event: 'run', job: job.name, pairs: await pairsToRun(ledger.db, job.id), engine: engine.name })
  const { endedBy } = await runJob(context, engine, job, { ...call, ...(deletionsAllowed === undefined ? {} : { deletionsAllowed }) })
  const status = await jobStatus(ledger.db, await findJob(ledger.db, job.id))
  return { ...status, ...(endedBy === undefined ? {} : { endedBy: storedError(endedBy) }) }
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
