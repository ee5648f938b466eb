import type { Connection, ImapSettings } from '../domain/connection.ts'
import type { Reader } from '../ledger/ledger.ts'
import { mailboxesOf } from './mailboxesOf.ts'

/** A mailbox to try an admin's sign-in on: one of a job that uses the connection. Nothing where each mailbox has its own sign-in. */
export async function someMailbox(db: Reader, connection: Connection<ImapSettings>): Promise<string | undefined> {
  return connection.settings.signIn.method === 'admin' ? (await mailboxesOf(db, connection))[0]?.address : undefined
}
