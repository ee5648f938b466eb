import { sql } from 'kysely'
import type { Tx } from '../ledger.ts'
import { code, codes, exactly, infoColumns, infoRow, infoUpdate, infoValues, list, type Of } from './rows.ts'

export async function fail(tx: Tx, { folder, items }: Of<'fail'>): Promise<void> {
  if (items.length === 0) return
  const rows = items.map(item => [...infoRow(item), JSON.stringify({ code: item.error.code, params: item.error.params })])
  await exactly(
    tx,
    'fail',
    items.length,
    sql`
      insert into items (folder, ${infoColumns}, error, state, attempts, verified)
      select ${folder}, ${infoValues}, value ->> 5, ${code('failed')}, 1, 0 from ${list(rows)} where true
      on conflict do update set state = ${code('failed')}, ${infoUpdate}, error = excluded.error, reason = null, attempts = attempts + 1
      where state in (${codes('intended', 'failed', 'filtered')})
    `,
  )
}
