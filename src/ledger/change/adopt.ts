import { sql } from 'kysely'
import type { Tx } from '../ledger.ts'
import { code, exactly, infoColumns, infoRow, infoUpdate, infoValues, list, type Of } from './rows.ts'

/** An item we wrote ourselves stays *done*: to adopt it would give up the right to change it. */
export async function adopt(tx: Tx, { folder, items }: Of<'adopt'>): Promise<void> {
  if (items.length === 0) return
  await exactly(
    tx,
    'adopt',
    items.length,
    sql`
      insert into items (folder, ${infoColumns}, target_key, state, attempts, verified)
      select ${folder}, ${infoValues}, value ->> 5, ${code('adopted')}, 0, 0
      from ${list(items.map(item => [...infoRow(item), item.targetKey]))} where true
      on conflict do update set state = ${code('adopted')}, ${infoUpdate}, target_key = excluded.target_key, reason = null, error = null
      where state <> ${code('done')}
    `,
  )
}
