import type { EngineId, PairId } from '../domain/ids.ts'
import { nextChange } from './changeNumber.ts'
import type { Lease } from './leaseBook.ts'
import type { Tx } from './ledger.ts'

/** Makes an engine the owner of a pair that is free, under an epoch that no other writer has or will have. */
export async function takePair(tx: Tx, engine: EngineId, pair: PairId): Promise<Lease> {
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
}
