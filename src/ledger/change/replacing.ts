import { sql } from 'kysely'
import type { Tx } from '../ledger.ts'
import { list, type Of } from './rows.ts'

export async function replacing(tx: Tx, { folder, keys }: Of<'replacing'>): Promise<void> {
  if (keys.length === 0) return
  await sql`update items set target_version = null where folder = ${folder} and source_key in (select value from ${list(keys)})`.execute(tx)
}
