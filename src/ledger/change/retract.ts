import { sql } from 'kysely'
import type { Tx } from '../ledger.ts'
import { code, list, type Of } from './rows.ts'

/** What failed or was filtered before is that again; what was never tried is forgotten, to be planned anew. */
export async function retract(tx: Tx, { folder, keys }: Of<'retract'>): Promise<void> {
  if (keys.length === 0) return
  const these = sql`folder = ${folder} and source_key in (select value from ${list(keys)}) and state = ${code('intended')}`
  await sql`delete from items where ${these} and error is null and reason is null`.execute(tx)
  await sql`update items set state = iif(error is null, ${code('filtered')}, ${code('failed')}) where ${these}`.execute(tx)
}
