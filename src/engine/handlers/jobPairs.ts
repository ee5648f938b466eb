import { findJob } from '../../ledger/jobs.ts'
import { pagePairs } from '../../ledger/pagePairs.ts'
import type { Handler } from '../../rpc/protocol.ts'
import type { EngineContext } from '../context.ts'
import { pairSummaries } from '../jobSummary.ts'

export const jobPairs: Handler<'job.pairs', EngineContext> = async ({ ledger: { db } }, { name, ...page }) => {
  const { id } = await findJob(db, name)
  const { total, pairs } = await pagePairs(db, id, page)
  return { total, list: await pairSummaries(db, pairs) }
}
