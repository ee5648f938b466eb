import { sql } from 'kysely'
import type { Tx } from '../ledger.ts'
import { code, codes, list, type Of } from './rows.ts'

/** What never came to the target leaves no trace; an open intent stays, for it has to be looked for first. */
export async function gone(tx: Tx, { folder, keys, state }: Of<'gone'>): Promise<void> {
  if (keys.length === 0) return
  const these = sql`folder = ${folder} and source_key in (select value from ${list(keys)})`
  await sql`delete from items where ${these} and state in (${codes('failed', 'filtered')})`.execute(tx)
  await sql`update items set state = ${code(state)} where ${these} and state in (${codes('done', 'adopted', 'orphaned')})`.execute(tx)
}
