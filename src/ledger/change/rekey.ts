import { sql } from 'kysely'
import type { Tx } from '../ledger.ts'
import { exactly, list, type Of } from './rows.ts'

/**
 * New keys may be old keys of other rows, so each row goes by way of a key that no server gives. All in this one transaction:
 * a crash leaves either the old keys with the old validity or the new ones with the new.
 */
export async function rekey(tx: Tx, { folder, sourceValidity, items }: Of<'rekey'>): Promise<void> {
  const rows = list(items.map(({ key, newKey }) => [key, newKey]))
  const between = sql`char(1) || "key"`
  await sql`delete from items where folder = ${folder} and source_key not in (select value ->> 0 from ${rows})`.execute(tx)
  const aside = sql`update items set source_key = ${between} from ${rows} where folder = ${folder} and source_key = value ->> 0`
  await exactly(tx, 'rekey', items.length, aside)
  await sql`update items set source_key = value ->> 1 from ${rows} where folder = ${folder} and source_key = ${between}`.execute(tx)
  await tx
    .updateTable('folders')
    .set({ source_validity: sourceValidity, checkpoint: null, version: null })
    .where('id', '=', folder)
    .execute()
}
