import { hostKey } from '../../domain/addresses.ts'
import { checklist } from '../../domain/cutover/checklist.ts'
import { listConnections } from '../../ledger/connections.ts'
import { findJob, listJobs } from '../../ledger/jobs.ts'
import type { Handler } from '../../rpc/protocol.ts'
import type { EngineContext } from '../context.ts'
import { gatherFacts } from '../cutover/gatherFacts.ts'
import { jobsOf, knownDomains } from '../cutover/knownDomains.ts'

/** The cutover of each domain, step by step, from facts; of the domains that are named, or of all that are known. */
export const cutoverStatus: Handler<'cutover.status', EngineContext> = async (context, { domains, jobs: named, live = false }, call) => {
  const { db } = context.ledger
  const connections = await listConnections(db)
  const all = named === undefined ? await listJobs(db) : await Promise.all(named.map(name => findJob(db, name)))
  const answers = []
  for (const domain of domains?.map(hostKey) ?? (await knownDomains(db, connections))) {
    const concerned = await jobsOf(db, domain, connections, all)
    // Whoever names a domain or jobs means them, whatever speaks for it.
    const jobs = named !== undefined || (concerned.length === 0 && domains !== undefined) ? all : concerned
    if (jobs.length === 0 && domains === undefined) continue
    const facts = await gatherFacts(context, { domain, jobs, connections, live }, call)
    answers.push({ domain, jobs: jobs.map(({ name }) => name), live, steps: checklist(facts) })
  }
  return answers
}
