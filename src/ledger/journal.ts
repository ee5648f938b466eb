import { sql } from 'kysely'
import type { JournalKind } from '../domain/journalKind.ts'
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
  /** The account and machine it was done with: `anna@workstation`. */
  readonly who?: string
}

/** Records who changed what; in the same transaction as the change. Who, is kept among the facts, as `by`. */
export async function journal(
  tx: Tx,
  entry: { readonly subject: string; readonly what: JournalKind; readonly detail?: JournalDetail },
): Promise<void> {
  const detail = sql<string>`json_insert(${JSON.stringify(entry.detail ?? {})}, '$.by', ledger_who())`
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
  return rows.map(({ detail, ...entry }) => ({ ...entry, ...(detail === null ? {} : factsOf(parse<JournalDetail>(detail))) }))
}

function factsOf({ by, ...detail }: JournalDetail): Pick<JournalEntry, 'detail' | 'who'> {
  return { ...(Object.keys(detail).length === 0 ? {} : { detail }), ...(typeof by === 'string' ? { who: by } : {}) }
}
