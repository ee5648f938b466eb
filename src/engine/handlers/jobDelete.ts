import { deleteJob } from '../../ledger/editJobs.ts'
import { findJob } from '../../ledger/jobs.ts'
import { sweepForgotten } from '../../ledger/sweepForgotten.ts'
import type { Handler } from '../../rpc/protocol.ts'
import type { EngineContext } from '../context.ts'

/** Deletes a job and all that is known of its items; mail stays where it is. Throws `job.running`. */
export const jobDelete: Handler<'job.delete', EngineContext> = async ({ ledger }, { name }, { signal }) => {
  await ledger.write(async tx => deleteJob(tx, (await findJob(tx, name)).id))
  await sweepForgotten(ledger, signal)
}
