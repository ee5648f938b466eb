import { sql } from 'kysely'
import { parse } from './json.ts'
import type { Reader, Tx } from './ledger.ts'

/** Facts of a change: names, ids, numbers, old and new values. Never a secret, never content. */
export type JournalDetail = Readonly<Record<string, unknown>>

export interface JournalEntry {
  readonly id: number
  /** ISO 8601, UTC. */
  readonly at: string
  /** The id of the connection, job or pair, or `ledger`. */
  readonly subject: string
  /** What happened, as `connection.created`. */
  readonly what: string
  readonly detail?: JournalDetail
}

/** Records who changed what; in the same transaction as the change. */
export async function journal(
  tx: Tx,
  entry: { readonly subject: string; readonly what: string; readonly detail?: JournalDetail },
): Promise<void> {
  const detail = entry.detail === undefined ? null : JSON.stringify(entry.detail)
  await tx.insertInto('journal').values({ at: sql<string>`ledger_now()`, subject: entry.subject, what: entry.what, detail }).execute()
}

/** The newest entries first, of one subject or all; `before` is the id the page ends before. */
export async function listJournal(
  db: Reader,
  options: { readonly subject?: string; readonly before?: number; readonly limit?: number } = {},
): Promise<JournalEntry[]> {
  let query = db
    .selectFrom('journal')
    .selectAll()
    .orderBy('id', 'desc')
    .limit(options.limit ?? 100)
  if (options.subject !== undefined) query = query.where('subject', '=', options.subject)
  if (options.before !== undefined) query = query.where('id', '<', options.before)
  const rows = await query.execute()
  return rows.map(({ detail, ...entry }) => (detail === null ? entry : { ...entry, detail: parse<JournalDetail>(detail) }))
}
