import { findConnection } from '../../ledger/connections.ts'
import { createConnection } from '../../ledger/editConnections.ts'
import type { Handler } from '../../rpc/protocol.ts'
import { summaryOf } from '../connections.ts'
import type { EngineContext } from '../context.ts'

/** Makes a connection with another's settings: not verified, and without a secret. */
export const connectionDuplicate: Handler<'connection.duplicate', EngineContext> = ({ ledger }, { name, as }) =>
  ledger.write(async tx => {
    const { role, settings } = await findConnection(tx, name)
    return summaryOf(tx, await createConnection(tx, { name: as, role, settings }))
  })
