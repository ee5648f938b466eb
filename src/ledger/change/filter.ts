import { sql } from 'kysely'
import type { Tx } from '../ledger.ts'
import { code, codes, infoColumns, infoRow, infoUpdate, infoValues, list, type Of } from './rows.ts'

/** What was migrated before a filter excluded it stays what it is. */
export async function filter(tx: Tx, { folder, items }: Of<'filter'>): Promise<void> {
  if (items.length === 0) return
  const rows = items.map(item => [...infoRow(item), JSON.stringify(item.reason)])
  await sql`
    insert into items (folder, ${infoColumns}, reason, state, attempts, verified)
    select ${folder}, ${infoValues}, value ->> 5, ${code('filtered')}, 0, 0 from ${list(rows)} where true
    on conflict do update set state = ${code('filtered')}, ${infoUpdate}, reason = excluded.reason, error = null
    where state in (${codes('failed', 'filtered')})
  `.execute(tx)
}
