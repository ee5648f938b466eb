import { sql } from 'kysely'
import type { Tx } from '../ledger.ts'
import { code, list, type Of } from './rows.ts'

export async function removing(tx: Tx, { folder, keys }: Of<'removing'>): Promise<void> {
  if (keys.length === 0) return
  await sql`
    update items set state = ${code('intended')}
    where folder = ${folder} and source_key in (select value from ${list(keys)}) and state = ${code('done')}
  `.execute(tx)
  await tx.updateTable('folders').set({ checkpoint: null, version: null, intent_next: null }).where('id', '=', folder).execute()
}
