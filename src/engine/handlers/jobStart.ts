import { mayOperate } from '../../domain/staleGate.ts'
import { listConnections } from '../../ledger/connections.ts'
import { findJob } from '../../ledger/jobs.ts'
import { storedError } from '../../migration/storedError.ts'
import type { Handler } from '../../rpc/protocol.ts'
import type { EngineContext } from '../context.ts'
import { pairsToRun } from '../jobPairs.ts'
import { jobStatus } from '../jobSummary.ts'
import { queueJob } from '../queueJob.ts'
import { runJob } from '../runJob.ts'
import { checkJobConnections } from '../staleWatch.ts'

/**
 * Queues a job's pairs and works them off in this process. A start takes what isn't completed; a delta takes completed pairs too.
 * Connections that a domain change can touch are checked first. Throws `stale`, `organisation.different`, `job.empty`, `pair.notFound`.
 */
export const jobStart: Handler<'job.start', EngineContext> = async (
  context,
  { name, delta, mailboxes, deletionsAllowed, leaseSeconds },
  call,
) => {
  const { ledger } = context
  const wanted = await findJob(ledger.db, name)
  // What is stale already is refused below; there is nothing to find out.
  if (mayOperate(delta ? 'delta' : 'start', wanted, await listConnections(ledger.db)) === undefined)
    await checkJobConnections(context, wanted, call)
  const { job } = await ledger.write(tx => queueJob(tx, { name, delta, mailboxes }))
  const engine = await context.engine(leaseSeconds === undefined ? undefined : leaseSeconds * 1000)
  call.emit({ event: 'run', job: job.name, pairs: await pairsToRun(ledger.db, job.id), engine: engine.name })
  const { endedBy, paused } = await runJob(context, engine, job, {
    ...call,
    // An editor's window may close while the run goes on.
    secretsFirst: context.background !== undefined,
    ...(deletionsAllowed === undefined ? {} : { deletionsAllowed }),
  })
  const status = await jobStatus(ledger.db, await findJob(ledger.db, job.id))
  return { ...status, ...(endedBy === undefined ? {} : { endedBy: storedError(endedBy) }), ...(paused === undefined ? {} : { paused }) }
}
