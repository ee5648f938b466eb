import { sql } from 'kysely'
import type { Tx } from '../ledger.ts'
import { changing, codes, type Of, thatItem } from './rows.ts'

/** The row stays what it is, migrated. */
export async function kept(tx: Tx, { folder, items }: Of<'kept'>): Promise<void> {
  if (items.length === 0) return
  const rows = items.map(({ key, version, error }) => [key, version ?? null, JSON.stringify({ code: error.code, params: error.params })])
  await sql`
    update items set version = coalesce(value ->> 2, version), error = value ->> 3
    from ${changing(folder, rows)} where ${thatItem} and state in (${codes('done', 'adopted')})
  `.execute(tx)
}
