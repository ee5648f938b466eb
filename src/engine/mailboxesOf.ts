import { sql } from 'kysely'
import type { Connection } from '../domain/connection.ts'
import type { Mailbox } from '../domain/pair.ts'
import type { Reader } from '../ledger/ledger.ts'

/** The mailboxes on a connection's side of all jobs that use it, in the order of their keys. */
export async function mailboxesOf(db: Reader, { id, role }: Pick<Connection, 'id' | 'role'>): Promise<Mailbox[]> {
  const side = sql.raw(role)
  const { rows } = await sql<{ mailbox: string }>`
    select distinct pairs.${side} as mailbox from pairs join jobs on jobs.id = pairs.job where jobs.${side} = ${id} order by pairs.${sql.raw(`${role}_key`)}
  `.execute(db)
  return rows.map(({ mailbox }) => JSON.parse(mailbox))
}
