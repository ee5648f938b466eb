import { findJob } from '../../ledger/jobs.ts'
import { storedError } from '../../migration/storedError.ts'
import type { Handler } from '../../rpc/protocol.ts'
import type { EngineContext } from '../context.ts'
import { pairsToRun } from '../jobPairs.ts'
import { jobStatus } from '../jobSummary.ts'
import { queueJob } from '../queueJob.ts'
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
  const { job } = await ledger.write(tx => queueJob(tx, { name, delta, mailboxes }))
  const engine = await context.engine(leaseSeconds === undefined ? undefined : leaseSeconds * 1000)
  call.emit({ event: 'run', job: job.name, pairs: await pairsToRun(ledger.db, job.id), engine: engine.name })
  const { endedBy } = await runJob(context, engine, job, {
    ...call,
    // An editor's window may close while the run goes on.
    secretsFirst: context.background !== undefined,
    ...(deletionsAllowed === undefined ? {} : { deletionsAllowed }),
  })
  const status = await jobStatus(ledger.db, await findJob(ledger.db, job.id))
  return { ...status, ...(endedBy === undefined ? {} : { endedBy: storedError(endedBy) }) }
}
