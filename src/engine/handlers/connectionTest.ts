import { findConnection } from '../../ledger/connections.ts'
import type { Handler } from '../../rpc/protocol.ts'
import type { EngineContext } from '../context.ts'
import { recordVerified } from '../recordVerified.ts'
import { lazySource, secretLoader } from '../secretLoader.ts'
import { someMailbox } from '../someMailbox.ts'
import { verifyConnection } from '../verifyConnection.ts'

/**
 * Checks a connection live and records what was found. A person asked, so a secret that was refused before is tried once more.
 * Throws `organisation.different` where it leads to another one than was recorded.
 */
export const connectionTest: Handler<'connection.test', EngineContext> = async (context, { name, mailbox }, call) => {
  const connection = await findConnection(context.ledger.db, name)
  const load = secretLoader(context, connection, call.emit)
  await using server = await context.openServer(connection, lazySource(load))
  const tried = mailbox ?? (await someMailbox(context.ledger.db, connection))
  return recordVerified(context, connection, await verifyConnection(server, connection, tried, call))
}
