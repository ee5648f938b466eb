import { type RawBuilder, sql } from 'kysely'
import type { JobId } from '../domain/ids.ts'
import { nextChange } from './changeNumber.ts'
import type { Reader, Tx } from './ledger.ts'

const completedBy = (job: JobId, before: string): RawBuilder<unknown> =>
  sql`job = ${job} and state in ('completed', 'completedWithDifferences') and detail ->> 'at' <= ${before}`

/** Whether a job has pairs that were completed at or before a time (ISO 8601, UTC). */
export async function hasCompleted(db: Reader, job: JobId, before: string): Promise<boolean> {
  const { rows } = await sql`select 1 from pairs where ${completedBy(job, before)} limit 1`.execute(db)
  return rows.length > 0
}

/** Queues those pairs. Answers how many. */
export async function queueCompleted(tx: Tx, job: JobId, before: string): Promise<number> {
  const { numAffectedRows } = await sql`
    update pairs set state = 'queued', detail = '{}', wake = null, change = ${await nextChange(tx)} where ${completedBy(job, before)}
  `.execute(tx)
  return Number(numAffectedRows ?? 0n)
}
