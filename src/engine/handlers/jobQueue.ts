import type { Handler } from '../../rpc/protocol.ts'
import type { EngineContext } from '../context.ts'
import { queueJob } from '../queueJob.ts'

/** Throws `stale`, `job.empty`, `pair.notFound`. */
export const jobQueue: Handler<'job.queue', EngineContext> = async ({ ledger, background }, { deletionsAllowed, ...which }) => {
  const { job, pairs } = await ledger.write(tx => queueJob(tx, which))
  background?.begin(job.id, deletionsAllowed === undefined ? {} : { deletionsAllowed })
  return { pairs }
}
