import { type Selectable, sql } from 'kysely'
import { itemOf } from './items.ts'
import type { Reader } from './ledger.ts'
import type { ItemRow } from './rows.ts'
import type { ItemsTable } from './schema.ts'

/** Some of a folder's written items that still wait for their marker, as many as `limit`. */
export async function unmarkedItems(db: Reader, folder: number, limit: number): Promise<ItemRow[]> {
  const { rows } = await sql<Selectable<ItemsTable>>`
    select * from items where folder = ${folder} and unmarked = 1 limit ${limit}
  `.execute(db)
  return rows.map(itemOf)
}
