import { listJobs } from '../../ledger/jobs.ts'
import type { Handler } from '../../rpc/protocol.ts'
import type { EngineContext } from '../context.ts'
import { jobSummary } from '../jobSummary.ts'

export const jobList: Handler<'job.list', EngineContext> = async ({ ledger }) =>
  Promise.all((await listJobs(ledger.db)).map(job => jobSummary(ledger.db, job)))
