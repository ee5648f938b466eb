import type { EngineId, PairId } from '../domain/ids.ts'
import { nextChange } from './changeNumber.ts'
import { beat } from './engines.ts'
import type { Lease } from './leaseBook.ts'
import { isRunning } from './leases.ts'
import type { Ledger } from './ledger.ts'

/** Takes this very pair, whatever its state and whether or not its job is wanted; nothing where a living engine runs it. */
export async function claimOne(ledger: Ledger, engine: EngineId, pair: PairId): Promise<Lease | undefined> {
  return beat(ledger, engine, ledger.leases.identityOf(engine), async tx => {
    if (await isRunning(tx, { pair })) return undefined
    const { epoch } = await tx
      .updateTable('pairs')
      .set(({ eb }) => ({
        state: 'running',
        detail: '{"phase":"plan"}',
        owner: engine,
        epoch: eb('epoch', '+', 1),
        wake: null,
        folder: null,
      }))
      .set({ change: await nextChange(tx) })
      .where('id', '=', pair)
      .returning('epoch')
      .executeTakeFirstOrThrow()
    return { pair, engine, epoch }
  })
}
