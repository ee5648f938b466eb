import { secretReferenceOf, setSecretReference } from '../../ledger/secretReferences.ts'
import type { Handler } from '../../rpc/protocol.ts'
import type { EngineContext } from '../context.ts'
import { goOnWithSecret } from '../goOnWithSecret.ts'

/**
 * Notes that the editor keeps a new secret of a connection, which is allowed while jobs use it: refusals of the old one are forgotten, and pairs that wait for
 * credentials are queued again. Where the command line has its own in the vault it keeps it; editors ask their own storage first.
 */
export const connectionSecretGiven: Handler<'connection.secretGiven', EngineContext> = async (context, { name }) =>
  goOnWithSecret(context, name, async (tx, id) => {
    const reference = await secretReferenceOf(tx, id)
    if (reference === undefined || !('vault' in reference)) await setSecretReference(tx, id, { editor: true })
  })
