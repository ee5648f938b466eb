import { sql } from 'kysely'
import type { Job } from '../domain/job.ts'
import { findConnection } from '../ledger/connections.ts'
import type { Reader } from '../ledger/ledger.ts'
import { jobCounts, listPairs, pairStates } from '../ledger/pairs.ts'
import type { PairRow } from '../ledger/rows.ts'
import type { JobStatus, JobSummary, PairSummary } from '../rpc/results.ts'

export async function jobSummary(db: Reader, { id, name, source, target, settings, wanted }: Job): Promise<JobSummary> {
  const states = await pairStates(db, id)
  return {
    id,
    name,
    source: (await findConnection(db, source)).name,
    target: (await findConnection(db, target)).name,
    settings,
    wanted,
    pairs: states.reduce((total, { pairs }) => total + pairs, 0),
    states: Object.fromEntries(states.map(({ state, pairs }) => [state, pairs])),
    counts: await jobCounts(db, id),
  }
}

/** A job with each of its pairs, in the order they are worked on. */
export async function jobStatus(db: Reader, job: Job): Promise<JobStatus> {
  return { ...(await jobSummary(db, job)), list: await pairSummaries(db, await listPairs(db, job.id)) }
}

/** Pairs with the engines that run them. */
export async function pairSummaries(db: Reader, pairs: readonly PairRow[]): Promise<PairSummary[]> {
  const engines = await engineNames(db)
  return pairs.map(({ id, source, target, priority, state, counts }): PairSummary => {
    const engine = state.state === 'running' ? engines.get(state.owner) : undefined
    return { id, source, target, priority, state, counts, ...(engine === undefined ? {} : { engine }) }
  })
}

async function engineNames(db: Reader): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('engines')
    .select(['id', sql<string>`host || '/' || pid`.as('name')])
    .execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}
