import { sql } from 'kysely'
import type { Tx } from '../ledger.ts'
import { changing, type Of, thatItem } from './rows.ts'

/** The first change under a new validity voids all keys of the old one, of items that aren't named as well: they would point at other people's items. */
export async function retarget(tx: Tx, { folder, targetValidity, items }: Of<'retarget'>): Promise<void> {
  const { numAffectedRows } = await sql`
    update folders set target_validity = ${targetValidity}, intent_next = null where id = ${folder} and target_validity is not ${targetValidity}
  `.execute(tx)
  if (numAffectedRows !== 0n) await sql`update items set target_key = null where folder = ${folder}`.execute(tx)
  const rows = items.map(({ key, targetKey }) => [key, targetKey ?? null])
  await sql`update items set target_key = value ->> 2 from ${changing(folder, rows)} where ${thatItem}`.execute(tx)
}
