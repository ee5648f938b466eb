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
  const waiting: { readonly places: number; readonly go: () => void }[] = []

  const fits = (places: number) => taken === 0 || taken + places <= limit
  const next = () => {
    for (let first = waiting[0]; first !== undefined && fits(first.places); first = waiting[0]) {
      waiting.shift()
      taken += first.places
      first.go()
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
      await new Promise<void>((resolve, reject) => {
        const entry = {
          places,
          go: () => {
            signal.removeEventListener('abort', onAbort)
            resolve()
          },
        }
        const onAbort = () => {
          waiting.splice(waiting.indexOf(entry), 1)
          reject(stopped(signal, 'request'))
          next()
        }
        waiting.push(entry)
        signal.addEventListener('abort', onAbort, { once: true })
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
