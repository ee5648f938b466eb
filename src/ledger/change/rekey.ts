import { sql } from 'kysely'
import type { Tx } from '../ledger.ts'
import { changing, exactly, list, type Of, thatItem } from './rows.ts'

/**
 * New keys may be old keys of other rows, so each row goes by way of a key that no server gives. All in this one transaction:
 * a crash leaves either the old keys with the old validity or the new ones with the new.
 */
export async function rekey(tx: Tx, { folder, sourceValidity, items }: Of<'rekey'>): Promise<void> {
  const keys = items.map(({ key }) => key)
  await sql`delete from items where folder = ${folder} and source_key not in (select value from ${list(keys)})`.execute(tx)
  const aside = items.map(({ key }, index) => [key, between(index)])
  await exactly(tx, 'rekey', items.length, sql`update items set source_key = value ->> 2 from ${changing(folder, aside)} where ${thatItem}`)
  const back = items.map(({ newKey }, index) => [between(index), newKey])
  await sql`update items set source_key = value ->> 2 from ${changing(folder, back)} where ${thatItem}`.execute(tx)
  await tx
    .updateTable('folders')
    .set({ source_validity: sourceValidity, checkpoint: null, version: null })
    .where('id', '=', folder)
    .execute()
}

const between = (index: number): string => `\u0001${index}`
