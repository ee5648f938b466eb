import type { ConnectionId } from '../domain/ids.ts'
import { secretGiven } from '../domain/refusedSignIns.ts'
import { findConnection } from '../ledger/connections.ts'
import { setVerification } from '../ledger/editConnections.ts'
import type { Tx } from '../ledger/ledger.ts'
import { queueForCredentials } from '../ledger/queueForCredentials.ts'
import type { QueueResult } from '../rpc/results.ts'
import type { EngineContext } from './context.ts'

/** After a connection was given another secret: refusals of the old one are forgotten, and pairs that wait for credentials are queued again. `note`: what is noted with that. */
export async function goOnWithSecret(
  { ledger, secrets, background }: Pick<EngineContext, 'ledger' | 'secrets' | 'background'>,
  name: string,
  note: (tx: Tx, id: ConnectionId) => Promise<void> = async () => {},
): Promise<QueueResult> {
  const { id, queued } = await ledger.write(async tx => {
    const { id, verification } = await findConnection(tx, name)
    await note(tx, id)
    await setVerification(tx, id, secretGiven(verification))
    return { id, queued: await queueForCredentials(tx, id) }
  })
  secrets.renewed(id)
  background?.secretGiven(id)
  for (const job of queued.jobs) background?.begin(job, {})
  return { pairs: queued.pairs }
}
