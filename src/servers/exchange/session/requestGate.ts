/** Lets requests of one budget to the server: as many at once as it bears, none before the time it asked for has passed. */
export interface RequestGate {
  /** Resolves to the function that leaves again. */
  enter(signal: AbortSignal): Promise<() => void>
  /** The server wants to be left alone for so many milliseconds; `spent`: because a budget of its throttling policy is spent. */
  busy(ms: number, spent: boolean): void
  /** The server counted too many requests at once, one of them being refused just now. */
  tooMany(): void
}

/** Requests at once of one budget by Exchange's default throttling policy (EWSMaxConcurrency): no request is spent on finding that out. */
export const usualConcurrency = (serverVersion: string | undefined): number => (serverVersion?.startsWith('14.') ? 10 : 27)

/** Milliseconds of quiet after which one request more is tried at once; doubled each time that this was one too many. */
const quietSpell = 10_000
/** Where a budget was spent: it fills within hours. */
const spentSpell = 60_000
const longestSpell = 900_000

/**
 * Learns from refusals, so that few are needed. *Too many connections* tells how many may run: those that weren't refused. A spent budget leaves only what flows
 * back into it, and Exchange holds each answer back so long that one request after the other uses just that ("EWS throttling in Exchange", micro-delays): more of them would be
 * refused again and again. After every time of waiting one request goes ahead, and the others only when it was let in.
 */
export function createRequestGate(most: number, now: () => number = () => performance.now()): RequestGate {
  let limit = most
  let inside = 0
  let closedUntil = 0
  let probe: 'due' | 'out' | undefined
  let spell = quietSpell
  let grown = false
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
    while (inside < limit && probe !== 'out') {
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
  /** To be called as one goes in: its way out again. */
  const passage = () => {
    const isProbe = probe === 'due'
    if (isProbe) probe = 'out'
    return () => {
      inside--
      // Still out: the server had no more to say against it.
      if (isProbe && probe === 'out') probe = undefined
      if (limit < most && waiting.length > 0 && now() - lastChange > spell) {
        limit++
        grown = true
        lastChange = now()
      }
      admit()
    }
  }
  const lower = (to: number, atLeast: number) => {
    if (grown) {
      // The last step was one too many, what was before it is known to be borne.
      limit = Math.max(1, limit - 1)
      spell = Math.min(longestSpell, spell * 2)
    } else {
      limit = Math.max(1, Math.min(limit, to))
      spell = Math.max(spell, atLeast)
    }
    grown = false
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
          resolve(passage())
        }
        signal.addEventListener('abort', abandon, { once: true })
        waiting.push(go)
        admit()
      }),
    busy(ms, spent) {
      // Requests that were under way together hear of the same trouble.
      if (closedUntil <= now()) lower(spent ? 1 : limit >> 1, spent ? spentSpell : quietSpell)
      closedUntil = Math.max(closedUntil, now() + ms)
      probe = 'due'
    },
    tooMany() {
      lower(inside - 1, quietSpell)
    },
  }
}
