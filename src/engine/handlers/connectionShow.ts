import { findConnection } from '../../ledger/connections.ts'
import type { Handler } from '../../rpc/protocol.ts'
import { summaryOf } from '../connections.ts'
import type { EngineContext } from '../context.ts'

export const connectionShow: Handler<'connection.show', EngineContext> = async ({ ledger }, { name }) =>
  summaryOf(ledger.db, await findConnection(ledger.db, name))
