/** Lets requests of a session to the server: as many at once as it bears, none before the time it asked for has passed. */
export interface RequestGate {
  /** Resolves to the function that leaves again. */
  enter(signal: AbortSignal): Promise<() => void>
  /** The server wants to be left alone for so many milliseconds. */
  busy(ms: number): void
  /** The server counted too many requests at once. */
  tooMany(): void
}

/** Milliseconds of quiet after which one request more is tried at once. */
const quietSpell = 10_000

/** Additive increase, multiplicative decrease: halved when the server complains, one more after each quiet spell. */
export function createRequestGate(most: number, now: () => number = () => performance.now()): RequestGate {
  let limit = most
  let inside = 0
  let closedUntil = 0
  let lastChange = Number.NEGATIVE_INFINITY
  let willReopen = false
  const waiting: (() => void)[] = []

  const admit = () => {
    const wait = closedUntil - now()
    if (wait > 0) {
      // A timer may fire a moment early; it is set again then.
      if (waiting.length > 0 && !willReopen) {
        willReopen = true
        setTimeout(reopen, wait)
      }
      return
    }
    while (inside < limit) {
      const first = waiting.shift()
      if (!first) return
      inside++
      first()
    }
  }
  const reopen = () => {
    willReopen = false
    admit()
  }
  const leave = () => {
    inside--
    if (limit < most && now() - lastChange > quietSpell) {
      limit++
      lastChange = now()
    }
    admit()
  }
  const lower = () => {
    // Requests that were under way together hear of the same trouble: halve once for all of them.
    if (now() - lastChange > 1000) limit = Math.max(1, limit >> 1)
    lastChange = now()
  }
  return {
    enter: signal =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason)
        const abandon = () => {
          waiting.splice(waiting.indexOf(go), 1)
          reject(signal.reason)
        }
        const go = () => {
          signal.removeEventListener('abort', abandon)
          resolve(leave)
        }
        signal.addEventListener('abort', abandon, { once: true })
        waiting.push(go)
        admit()
      }),
    busy(ms) {
      lower()
      closedUntil = Math.max(closedUntil, now() + ms)
    },
    tooMany: lower,
  }
}
