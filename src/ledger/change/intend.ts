import { sql } from 'kysely'
import type { Tx } from '../ledger.ts'
import { code, codes, exactly, infoColumns, infoRow, infoUpdate, infoValues, list, type Of } from './rows.ts'

/**
 * Keeps `reason` and `error` of what was tried before, so that `retract` can tell it from what never was.
 * An item that is done, adopted, removed or orphaned is refused: it would be written a second time.
 */
export async function intend(tx: Tx, { folder, items, next }: Of<'intend'>): Promise<void> {
  if (items.length === 0) return
  await exactly(
    tx,
    'intend',
    items.length,
    sql`
      insert into items (folder, ${infoColumns}, state, attempts, verified)
      select ${folder}, ${infoValues}, ${code('intended')}, 0, 0 from ${list(items.map(infoRow))} where true
      on conflict do update set state = ${code('intended')}, ${infoUpdate}
      where state in (${codes('intended', 'failed', 'filtered')})
    `,
  )
  if (next === 'anywhere') await sql`update folders set intent_next = null where id = ${folder}`.execute(tx)
  else await sql`update folders set intent_next = ${next ?? null} where id = ${folder} and intent_next is null`.execute(tx)
}
