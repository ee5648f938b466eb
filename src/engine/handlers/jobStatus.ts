import { findJob } from '../../ledger/jobs.ts'
import type { Handler } from '../../rpc/protocol.ts'
import type { EngineContext } from '../context.ts'
import { jobStatus as statusOf } from '../jobSummary.ts'

export const jobStatus: Handler<'job.status', EngineContext> = async ({ ledger }, { name }) =>
  statusOf(ledger.db, await findJob(ledger.db, name))
