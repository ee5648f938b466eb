import { sql } from 'kysely'
import type { Tx } from '../ledger.ts'
import { code, type Of } from './rows.ts'

/** Does nothing while an intent of the folder is open: what comes after it may have to be looked for from the same place. */
export async function resolved(tx: Tx, { folder }: Of<'resolved'>): Promise<void> {
  await sql`
    update folders set intent_next = null where id = ${folder} and intent_next is not null
      and not exists (select 1 from items where folder = ${folder} and state > 3 and state = ${code('intended')})
  `.execute(tx)
}
