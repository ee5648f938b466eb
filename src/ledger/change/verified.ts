import { sql } from 'kysely'
import type { Tx } from '../ledger.ts'
import { list, type Of } from './rows.ts'

export async function verified(tx: Tx, { folder, keys }: Of<'verified'>): Promise<void> {
  if (keys.length === 0) return
  await sql`update items set verified = 1 where folder = ${folder} and source_key in (select value from ${list(keys)})`.execute(tx)
}
