import type { Connection } from '../domain/connection.ts'
import { isError } from '../domain/errors.ts'
import { maySignInByItself } from '../domain/refusedSignIns.ts'
import type { Call } from '../rpc/protocol.ts'
import type { EngineContext } from './context.ts'
import { recordVerified } from './recordVerified.ts'
import { lazySource, secretLoader } from './secretLoader.ts'
import { adminUser } from './signInUser.ts'
import { someMailbox } from './someMailbox.ts'
import { verifyConnection } from './verifyConnection.ts'

/**
 * Verifies a connection that never was, before a run first uses it: what it leads to has to be recorded, so that later runs can be told from another organisation's.
 * Nobody asked for it, so that no refused secret is tried; where there is none, the run says so itself.
 */
export async function verifyFirst(
  context: Pick<EngineContext, 'ledger' | 'secrets' | 'openServer'>,
  connection: Connection,
  call: Call,
): Promise<void> {
  const load = secretLoader(context, connection, call.emit)
  const secret = await load().catch((error: unknown) => {
    if (isError(error)) return undefined
    throw error
  })
  if (secret === undefined || maySignInByItself(connection, adminUser(connection.settings) ?? '', secret.givenAt) !== undefined) return
  await using server = await context.openServer(connection, lazySource(load))
  const mailbox = await someMailbox(context.ledger.db, connection)
  await recordVerified(context, connection, await verifyConnection(server, connection, mailbox, call))
}
