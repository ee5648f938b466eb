import { sql } from 'kysely'
import type { ItemKey } from '../domain/mail.ts'
import type { Reader } from './ledger.ts'

/**
 * The keys under which the pair's items lie in the target folder of one of its rows, from `next` on where it is a number:
 * all source folders that go to the same target folder count.
 */
export async function targetKeysFrom(db: Reader, folder: number, next: number | undefined): Promise<Set<ItemKey>> {
  const { rows } = await sql<{ key: ItemKey }>`
    select items.target_key as key from folders as here
    join folders as there on there.pair = here.pair and there.target_id = here.target_id
    join items on items.folder = there.id
    where here.id = ${folder} and items.target_key is not null and ${next === undefined ? sql`true` : sql`items.target_key >= ${next}`}
  `.execute(db)
  return new Set(rows.map(row => row.key))
}
