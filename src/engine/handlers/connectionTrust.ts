import { findConnection } from '../../ledger/connections.ts'
import { trustCertificate } from '../../ledger/editConnections.ts'
import type { Handler } from '../../rpc/protocol.ts'
import type { EngineContext } from '../context.ts'

/** Trust in a new certificate of the same host is no edit: allowed while jobs use the connection, and journalled. */
export const connectionTrust: Handler<'connection.trust', EngineContext> = ({ ledger }, { name, fingerprint }) =>
  ledger.write(async tx => {
    const { id } = await findConnection(tx, name)
    await trustCertificate(tx, id, fingerprint)
  })
