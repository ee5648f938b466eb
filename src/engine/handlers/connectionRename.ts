import { findConnection } from '../../ledger/connections.ts'
import { renameConnection } from '../../ledger/editConnections.ts'
import type { Handler } from '../../rpc/protocol.ts'
import { summaryOf } from '../connections.ts'
import type { EngineContext } from '../context.ts'

/** A connection's display name is no part of what jobs rely on, so it may change while they use it. */
export const connectionRename: Handler<'connection.rename', EngineContext> = ({ ledger }, { name, to }) =>
  ledger.write(async tx => summaryOf(tx, await renameConnection(tx, (await findConnection(tx, name)).id, to)))
