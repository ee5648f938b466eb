import type { Connection } from '../domain/connection.ts'
import type { Job } from '../domain/job.ts'
import { connectionOf } from './connections.ts'
import { jobOf } from './jobs.ts'
import type { Reader } from './ledger.ts'
import { pairOf } from './pairs.ts'
import type { PairRow } from './rows.ts'

/** What was written after a change number, as it is now. */
export interface ChangedRows {
  /** To be asked with next time. */
  readonly to: number
  readonly connections: readonly Connection[]
  readonly jobs: readonly Job[]
  readonly pairs: readonly PairRow[]
  /** Pairs of a deleted job go with it, unnamed. */
  readonly removed: readonly { readonly kind: 'connection' | 'job' | 'pair'; readonly id: string }[]
}

/** The last change number there is. */
export async function changeNumber(db: Reader): Promise<number> {
  const { n } = await db.selectFrom('change_number').select('n').executeTakeFirstOrThrow()
  return n
}

/** Everything above a change number; 0 gives all. What is written between its queries is in the answer, and again in the next. */
export async function changedSince(db: Reader, since: number): Promise<ChangedRows> {
  const to = await changeNumber(db)
  const connections = await db.selectFrom('connections').selectAll().where('change', '>', since).execute()
  const jobs = await db.selectFrom('jobs').selectAll().where('change', '>', since).execute()
  const pairs = await db.selectFrom('pairs').selectAll().where('change', '>', since).execute()
  const removed = await db.selectFrom('removed').select(['kind', 'id']).where('change', '>', since).execute()
  return { to, connections: connections.map(connectionOf), jobs: jobs.map(jobOf), pairs: pairs.map(pairOf), removed }
}
