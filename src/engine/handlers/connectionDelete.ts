import { findConnection } from '../../ledger/connections.ts'
import { deleteConnection } from '../../ledger/editConnections.ts'
import type { Handler } from '../../rpc/protocol.ts'
import type { EngineContext } from '../context.ts'

/** Deletes a connection nobody uses, then its secret. Throws `inUse` with the jobs. */
export const connectionDelete: Handler<'connection.delete', EngineContext> = async ({ ledger, vault }, { name }) => {
  const id = await ledger.write(async tx => {
    const connection = await findConnection(tx, name)
    await deleteConnection(tx, connection.id)
    return connection.id
  })
  await vault.delete(id)
}
