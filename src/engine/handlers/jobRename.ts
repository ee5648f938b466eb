import { renameJob } from '../../ledger/editJobs.ts'
import { findJob } from '../../ledger/jobs.ts'
import type { Handler } from '../../rpc/protocol.ts'
import type { EngineContext } from '../context.ts'
import { jobSummary } from '../jobSummary.ts'

/** Throws `name.taken` and what else speaks against the name; allowed while the job runs. */
export const jobRename: Handler<'job.rename', EngineContext> = ({ ledger }, { name, to }) =>
  ledger.write(async tx => jobSummary(tx, await renameJob(tx, (await findJob(tx, name)).id, to)))
