import { type Selectable, sql } from 'kysely'
import { itemOf } from './items.ts'
import type { Reader } from './ledger.ts'
import type { ItemRow } from './rows.ts'
import type { ItemsTable } from './schema.ts'

/** The items of a folder whose keys are texts from `from` on and before `to`, in the ledger's order of keys; meant for few. */
export async function itemsBetween(
  db: Reader,
  folder: number,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<ItemRow[]> {
  const { rows } = await sql<Selectable<ItemsTable>>`
    select * from items where folder = ${folder} and source_key >= ${from} and source_key < ${to} order by source_key
  `.execute(db)
  return rows.map(itemOf)
}
