import { sql } from 'kysely'
import type { Tx } from '../ledger.ts'
import { code, exactly, list, type Of } from './rows.ts'

/** What was never tried was not written by us: it is adopted again, and stays under its people's protection. */
export async function returned(tx: Tx, { folder, keys }: Of<'returned'>): Promise<void> {
  if (keys.length === 0) return
  await exactly(
    tx,
    'returned',
    keys.length,
    sql`
      update items set state = iif(attempts > 0, ${code('done')}, ${code('adopted')})
      where folder = ${folder} and source_key in (select value from ${list(keys)}) and state = ${code('orphaned')}
    `,
  )
}
