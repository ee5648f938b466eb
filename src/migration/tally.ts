import type { PairCounts, Phase } from '../domain/pair.ts'
import type { Progress } from './context.ts'

/** The running count of one pair, told to whoever watches. */
export interface Tally {
  add(counts: Partial<PairCounts>): void
  enter(phase: Phase): void
  at(folder: string): void
  readonly counts: PairCounts
}

export const noCounts: PairCounts = { items: 0, bytes: 0, done: 0, doneBytes: 0, adopted: 0, filtered: 0, failed: 0 }

export function createTally(start: PairCounts, tell: (progress: Progress) => void): Tally {
  const counts = { ...start }
  let phase: Phase = 'plan'
  let folder: string | undefined
  const told = () => tell(folder === undefined ? { phase, counts: { ...counts } } : { phase, counts: { ...counts }, folder })
  return {
    counts,
    add(more) {
      for (const key of Object.keys(more) as (keyof PairCounts)[]) counts[key] += more[key] ?? 0
      told()
    },
    enter(next) {
      phase = next
      told()
    },
    at(name) {
      folder = name
      told()
    },
  }
}
