import type { EngineId, PairId } from '../domain/ids.ts'
import { beat } from './engines.ts'
import type { Lease } from './leaseBook.ts'
import { isRunning } from './leases.ts'
import type { Ledger } from './ledger.ts'
import { takePair } from './takePair.ts'

/** Takes this very pair, whatever its state and whether or not its job is wanted; nothing where a living engine runs it. */
export const claimOne = (ledger: Ledger, engine: EngineId, pair: PairId): Promise<Lease | undefined> =>
  beat(ledger, engine, ledger.leases.identityOf(engine), async tx =>
    (await isRunning(tx, { pair })) ? undefined : takePair(tx, engine, pair),
  )
