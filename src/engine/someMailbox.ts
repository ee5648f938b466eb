import { sql } from 'kysely'
import type { Connection, ImapSettings } from '../domain/connection.ts'
import type { Reader } from '../ledger/ledger.ts'

/** A mailbox to try an admin's sign-in on: the first one of a job that uses the connection. Nothing where each mailbox has its own sign-in. */
export async function someMailbox(db: Reader, { id, role, settings }: Connection<ImapSettings>): Promise<string | undefined> {
  if (settings.signIn.method !== 'admin') return undefined
  const mailbox = role === 'source' ? sql.ref('pairs.source') : sql.ref('pairs.target')
  const job = role === 'source' ? sql.ref('jobs.source') : sql.ref('jobs.target')
  const { rows } = await sql<{ address: string }>`
    select ${mailbox} ->> 'address' as address from pairs join jobs on jobs.id = pairs.job where ${job} = ${id}
    order by pairs.priority desc, pairs.source_key limit 1
  `.execute(db)
  return rows[0]?.address
}
