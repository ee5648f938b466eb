import type { PairId } from '../../domain/ids.ts'
import type { PairRow } from '../../ledger/rows.ts'
import type { JobProgress } from '../../rpc/notifications.ts'

export interface ProgressFeed {
  /** Whether a pair's row says nothing but how far it is: it then becomes progress. */
  takes(pair: PairRow): boolean
  /** Tells what is due. */
  flush(): void
}

/** Milliseconds between two notes on the same pair. */
const tellEvery = 1000

/** The newest progress of each running pair, at most once a second; of one that has ended nothing more. `monotonic`: milliseconds. */
export function progressFeed(tell: (progress: JobProgress) => void, monotonic: () => number): ProgressFeed {
  const runs = new Map<PairId, { readonly run: string; toldAt: number; due: JobProgress | undefined }>()

  return {
    takes({ id, job, state, counts, folder }) {
      if (state.state !== 'running') {
        runs.delete(id)
        return false
      }
      const run = `${state.owner}/${state.epoch}`
      const known = runs.get(id)
      if (known?.run !== run) {
        runs.set(id, { run, toldAt: Number.NEGATIVE_INFINITY, due: undefined })
        return false
      }
      known.due = { job, pair: id, phase: state.phase, counts, ...(folder === undefined ? {} : { folder }) }
      return true
    },
    flush() {
      const now = monotonic()
      for (const known of runs.values()) {
        if (known.due === undefined || now < known.toldAt + tellEvery) continue
        tell(known.due)
        known.toldAt = now
        known.due = undefined
      }
    },
  }
}
