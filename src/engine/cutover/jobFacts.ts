import { sql } from 'kysely'
import type { JobFacts } from '../../domain/cutover/facts.ts'
import type { Job } from '../../domain/job.ts'
import { optional } from '../../ledger/json.ts'
import type { Reader } from '../../ledger/ledger.ts'
import { entriesOf } from './journalFacts.ts'

/** How far a job is, from its pairs and its journal. */
export async function jobFacts(db: Reader, job: Job, names: ReadonlyMap<string, string>): Promise<JobFacts> {
  const { rows } = await sql<{ pairs: number; completed: number; oldest: string | null }>`
    select count(*) as pairs, count(*) filter (where state in ('completed', 'completedWithDifferences')) as completed,
      min(detail ->> 'at') filter (where state in ('completed', 'completedWithDifferences')) as oldest
    from pairs where job = ${job.id}
  `.execute(db)
  const { pairs = 0, completed = 0, oldest } = rows[0] ?? {}
  const entries = await entriesOf(db, job.id, ['job.addressesRefreshed', 'job.verified'])
  const refreshed = entries.findLast(({ what }) => what === 'job.addressesRefreshed')
  const verified = entries.findLast(({ what }) => what === 'job.verified')
  return {
    name: job.name,
    source: names.get(job.source) ?? job.source,
    target: names.get(job.target) ?? job.target,
    policy: job.settings.policy,
    cutOver: job.settings.cutOver,
    pairs,
    completed,
    ...optional('oldest', oldest),
    ...optional('refreshed', refreshed && { at: refreshed.at, unsure: Number(refreshed.detail['unsure']) }),
    ...optional('verified', verified && { at: verified.at, different: Number(verified.detail['different']) }),
  }
}
