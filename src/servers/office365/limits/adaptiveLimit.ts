import { createWaitingLine } from '../../../domain/waitingLine.ts'
import { stopped } from '../../stopped.ts'

/**
 * So many at once, found by trial: one more after a run of successes, half of them after a refusal (additive increase, multiplicative decrease).
 */
export interface AdaptiveLimit {
  readonly limit: number
  /** Waits for so many places, or for all that there are where the limit is below. What it returns gives them back. */
  take(places: number, signal: AbortSignal): Promise<() => void>
  refused(): void
  succeeded(): void
}

/** Successes in a row, for each place, before one more is tried. */
const successesPerPlace = 50

export function adaptiveLimit({
  start,
  least,
  most,
}: {
  readonly start: number
  readonly least: number
  readonly most: number
}): AdaptiveLimit {
  let limit = start
  let taken = 0
  let successes = 0
  const waiting = createWaitingLine<void, number>()

  const fits = (places: number) => taken === 0 || taken + places <= limit
  const next = () => {
    for (let places = waiting.first; places !== undefined && fits(places); places = waiting.first) {
      taken += places
      waiting.call()
    }
  }
  const giveBack = (places: number) => {
    let given = false
    return () => {
      if (given) return
      given = true
      taken -= places
      next()
    }
  }

  return {
    get limit() {
      return limit
    },
    async take(places, signal) {
      if (signal.aborted) throw stopped(signal, 'request')
      if (waiting.length === 0 && fits(places)) {
        taken += places
        return giveBack(places)
      }
      await waiting.join(places, signal, next).catch(() => {
        throw stopped(signal, 'request')
      })
      return giveBack(places)
    },
    refused() {
      successes = 0
      limit = Math.max(least, Math.floor(Math.min(limit, Math.max(taken, least)) / 2))
    },
    succeeded() {
      successes += 1
      if (successes < successesPerPlace * limit || limit >= most) return
      successes = 0
      limit += 1
      next()
    },
  }
}
