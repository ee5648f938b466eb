import { sql } from 'kysely'
import type { Tx } from '../ledger.ts'
import { changing, type Of, thatItem } from './rows.ts'

export async function marked(tx: Tx, { folder, items }: Of<'marked'>): Promise<void> {
  if (items.length === 0) return
  const rows = items.map(({ key, targetVersion }) => [key, targetVersion ?? null])
  await sql`
    update items set unmarked = null, target_version = coalesce(value ->> 2, target_version)
    from ${changing(folder, rows)} where ${thatItem}
  `.execute(tx)
}
