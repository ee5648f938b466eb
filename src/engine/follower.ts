import type { PairId } from '../domain/ids.ts'
import type { Job } from '../domain/job.ts'
import type { Reader } from '../ledger/ledger.ts'
import { getPair } from '../ledger/pairs.ts'
import type { EngineEvent } from '../rpc/events.ts'
import type { ElsewherePair } from './jobPairs.ts'

/**
 * Tells of the pairs that other engines work on what it would tell of its own, from the ledger: who has them, how far they are, and how
 * they end.
 */
export function createFollower(
  db: Reader,
  job: Job,
  emit: (event: EngineEvent) => void,
): (elsewhere: readonly ElsewherePair[]) => Promise<void> {
  const followed = new Map<PairId, string>()
  const told = new Map<PairId, string>()

  const tell = async ({ pair, engine }: ElsewherePair): Promise<void> => {
    const { source, state, counts, folder } = await getPair(db, pair)
    if (followed.get(pair) !== engine) emit({ event: 'following', job: job.name, mailbox: source.address, engine })
    followed.set(pair, engine)
    const now = JSON.stringify([state, counts])
    if (state.state !== 'running' || told.get(pair) === now) return
    told.set(pair, now)
    emit({
      event: 'progress',
      job: job.name,
      source: source.address,
      phase: state.phase,
      counts,
      ...(folder === undefined ? {} : { folder }),
    })
  }

  return async elsewhere => {
    const still = new Set(elsewhere.map(({ pair }) => pair))
    for (const pair of [...followed.keys()].filter(pair => !still.has(pair))) {
      followed.delete(pair)
      const { source, target, state } = await getPair(db, pair)
      emit({ event: 'pair', job: job.name, source: source.address, target: target.address, state })
    }
    for (const one of elsewhere) await tell(one)
  }
}
