import { secretGiven } from '../../domain/refusedSignIns.ts'
import { findConnection } from '../../ledger/connections.ts'
import { setVerification } from '../../ledger/editConnections.ts'
import { queueForCredentials } from '../../ledger/queueForCredentials.ts'
import { secretReferenceOf, setSecretReference } from '../../ledger/secretReferences.ts'
import type { Handler } from '../../rpc/protocol.ts'
import type { EngineContext } from '../context.ts'

/**
 * Notes that the editor keeps a new secret of a connection, which is allowed while jobs use it: refusals of the old one are forgotten, and pairs that wait for
 * credentials are queued again. Where the command line has its own in the vault it keeps it; editors ask their own storage first.
 */
export const connectionSecretGiven: Handler<'connection.secretGiven', EngineContext> = async (
  { ledger, secrets, background },
  { name },
) => {
  const { id, queued } = await ledger.write(async tx => {
    const { id, verification } = await findConnection(tx, name)
    const reference = await secretReferenceOf(tx, id)
    if (reference === undefined || !('vault' in reference)) await setSecretReference(tx, id, { editor: true })
    await setVerification(tx, id, secretGiven(verification))
    return { id, queued: await queueForCredentials(tx, id) }
  })
  secrets.renewed(id)
  background?.secretGiven(id)
  for (const job of queued.jobs) background?.begin(job, {})
  return { pairs: queued.pairs }
}
