import type { Connection } from '../domain/connection.ts'
import type { Reader } from '../ledger/ledger.ts'
import { mailboxesOf } from './mailboxesOf.ts'
import { adminUser } from './signInUser.ts'

/** A mailbox to try an admin's sign-in on: one of a job that uses the connection. Nothing where each mailbox has its own sign-in. */
export async function someMailbox(db: Reader, connection: Connection): Promise<string | undefined> {
  return adminUser(connection.settings) === undefined ? undefined : (await mailboxesOf(db, connection))[0]?.address
}
