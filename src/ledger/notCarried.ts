import { sql } from 'kysely'
import type { PairId } from '../domain/ids.ts'
import { stateCodes } from './itemStates.ts'
import type { Reader } from './ledger.ts'

/** How many of a pair's items failed because no way of transfer that the servers let us use carries items of their class. */
export async function countNotCarried(db: Reader, pair: PairId): Promise<number> {
  const { rows } = await sql<{ items: number }>`
    select count(*) as items from folders cross join items on items.folder = folders.id
    where folders.pair = ${pair} and items.state > 3 and items.state = ${sql.lit(stateCodes.failed)} and items.error ->> 'code' in ('item.notCarried', 'transfer.refused')
  `.execute(db)
  return rows[0]?.items ?? 0
}
