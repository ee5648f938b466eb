import { sql } from 'kysely'
import type { Tx } from '../ledger.ts'
import { list, type Of } from './rows.ts'

export async function forget(tx: Tx, { folder, keys }: Of<'forget'>): Promise<void> {
  if (keys.length === 0) return
  await sql`delete from items where folder = ${folder} and source_key in (select value from ${list(keys)})`.execute(tx)
}
