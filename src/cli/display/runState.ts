import type { PairCounts, Phase } from '../../domain/pair.ts'
import { createRate } from '../../domain/rate.ts'
import type { EngineEvent, ProgressEvent } from '../../rpc/events.ts'

export interface PairLine {
  readonly source: string
  readonly phase: Phase
  readonly counts: PairCounts
  readonly folder?: string
}

/** What a watcher of a run knows: the pairs at work, how many have ended, and how fast it goes. */
export interface RunState {
  readonly pairs: number
  readonly ended: number
  readonly active: readonly PairLine[]
  /** Over the last seconds. */
  readonly messagesPerSecond: number
  readonly bytesPerSecond: number
  /** Milliseconds left for the pairs at work; absent while nothing can be said. */
  readonly remaining?: number
}

export interface RunWatch {
  take(event: EngineEvent, now: number): void
  state(now: number): RunState
}

export function createRunWatch(): RunWatch {
  const active = new Map<string, PairLine>()
  const totals = new Map<string, { first: PairCounts; last: PairCounts }>()
  const messages = createRate()
  const bytes = createRate()
  const ended = new Set<string>()
  let pairs = 0

  const progress = (event: ProgressEvent, now: number): void => {
    const { source, phase, counts, folder } = event
    active.set(source, { source, phase, counts, ...(folder === undefined ? {} : { folder }) })
    totals.set(source, { first: totals.get(source)?.first ?? counts, last: counts })
    const sums = [...totals.values()]
    messages.add(
      sum(sums, ({ first, last }) => last.done - first.done),
      now,
    )
    bytes.add(
      sum(sums, ({ first, last }) => last.doneBytes - first.doneBytes),
      now,
    )
  }

  return {
    take(event, now) {
      if (event.event === 'run') pairs = event.pairs
      if (event.event === 'progress') progress(event, now)
      if (event.event !== 'pair' || event.state.state === 'running') return
      active.delete(event.source)
      if (event.state.state !== 'queued') ended.add(event.source)
    },
    state(now) {
      const messagesPerSecond = messages.perSecond(now)
      const left = sum([...active.values()], ({ counts }) => Math.max(0, counts.items - handled(counts)))
      return {
        pairs,
        ended: ended.size,
        active: [...active.values()],
        messagesPerSecond,
        bytesPerSecond: bytes.perSecond(now),
        ...(messagesPerSecond > 0 && left > 0 ? { remaining: (left / messagesPerSecond) * 1000 } : {}),
      }
    },
  }
}

/** Messages that are through, whichever way. */
export const handled = ({ done, adopted, filtered, failed }: PairCounts): number => done + adopted + filtered + failed

const sum = <Of>(things: readonly Of[], of: (thing: Of) => number): number => things.reduce((total, thing) => total + of(thing), 0)
