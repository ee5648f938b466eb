import type { PairCounts, Phase, StoredError } from '../domain/pair.ts'
import type { Change, ItemRow } from '../ledger/rows.ts'
import type { Progress } from './context.ts'

/** The running count of one pair, told to whoever watches. */
export interface Tally {
  add(counts: Partial<PairCounts>): void
  /** The items that changes say have failed. */
  addFailed(changes: readonly Change[]): void
  /** Rows that failed or were filtered out before and are tried again. */
  retried(rows: readonly ItemRow[]): void
  enter(phase: Phase): void
  at(folder: string): void
  readonly counts: PairCounts
  /** Items that failed, those not counted that no way of transfer carries. */
  readonly errors: number
}

export const noCounts: PairCounts = { items: 0, bytes: 0, done: 0, doneBytes: 0, adopted: 0, filtered: 0, failed: 0 }

export function createTally(start: PairCounts, tell: (progress: Progress) => void, notCarriedBefore = 0): Tally {
  const counts = { ...start }
  let notCarried = notCarriedBefore
  let phase: Phase = 'plan'
  let folder: string | undefined
  const told = () => tell(folder === undefined ? { phase, counts: { ...counts } } : { phase, counts: { ...counts }, folder })
  const add = (more: Partial<PairCounts>): void => {
    for (const key of Object.keys(more) as (keyof PairCounts)[]) counts[key] += more[key] ?? 0
    told()
  }
  const isNotCarried = ({ error }: { readonly error?: StoredError }): boolean =>
    error?.code === 'item.notCarried' || error?.code === 'transfer.refused'
  return {
    counts,
    get errors() {
      return counts.failed - notCarried
    },
    add,
    addFailed(changes) {
      const failed = changes.flatMap(change => (change.kind === 'fail' ? change.items : []))
      notCarried += failed.filter(isNotCarried).length
      if (failed.length > 0) add({ failed: failed.length })
    },
    retried(rows) {
      const failed = rows.filter(row => row.state === 'failed')
      notCarried -= failed.filter(isNotCarried).length
      add({ failed: -failed.length, filtered: failed.length - rows.length })
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
