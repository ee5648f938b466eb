import { listConnections } from '../../ledger/connections.ts'
import type { Handler } from '../../rpc/protocol.ts'
import { summaryOf } from '../connections.ts'
import type { EngineContext } from '../context.ts'

export const connectionList: Handler<'connection.list', EngineContext> = async ({ ledger }) =>
  Promise.all((await listConnections(ledger.db)).map(connection => summaryOf(ledger.db, connection)))
