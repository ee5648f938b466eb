import { sql } from 'kysely'
import { asJobId, type JobId } from '../domain/ids.ts'
import type { Reader } from './ledger.ts'

/** The jobs of which a living engine runs a pair. */
export async function runningJobs(db: Reader): Promise<ReadonlySet<JobId>> {
  const { rows } = await sql<{ job: string }>`
    select distinct job from pairs where state = 'running' and owner in (select id from engines where alive_until > ledger_now())
  `.execute(db)
  return new Set(rows.map(({ job }) => asJobId(job)))
}
