import { createWaitingLine } from '../domain/waitingLine.ts'

/** Lets so many folder requests run at once as the servers bear: halved when one asks for patience, one more again after each quiet spell. */
export interface AdaptiveGate {
  /** Resolves to the function that leaves again. */
  enter(signal: AbortSignal): Promise<() => void>
  /** A server was busy; nothing new begins for so many milliseconds. */
  busy(retryAfterMs: number | undefined): void
}

const quietSpell = 10_000

export function createAdaptiveGate(most: number, now: () => number = () => performance.now()): AdaptiveGate {
  let limit = most
  let inside = 0
  let pausedUntil = 0
  let lastChange = now()
  const waiting = createWaitingLine<() => void>()

  const admit = () => {
    const wait = pausedUntil - now()
    if (wait > 0) {
      if (waiting.length > 0) setTimeout(admit, wait)
      return
    }
    while (inside < limit && waiting.length > 0) {
      inside++
      waiting.call(leave)
    }
  }
  const leave = () => {
    inside--
    if (limit < most && now() - lastChange > quietSpell) {
      limit++
      lastChange = now()
    }
    admit()
  }
  return {
    enter(signal) {
      const turn = waiting.join(undefined, signal)
      admit()
      return turn
    },
    busy(retryAfterMs = 1000) {
      // Several requests in flight hear of the same trouble: halve once for all of them.
      if (now() - lastChange > 1000 || limit === most) limit = Math.max(1, limit >> 1)
      lastChange = now()
      pausedUntil = Math.max(pausedUntil, now() + retryAfterMs)
      admit()
    },
  }
}
