import { createWaitingLine } from '../../../domain/waitingLine.ts'

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

/** What a gate needs of time; milliseconds. */
export interface GateClock {
  now(): number
  after(ms: number, then: () => void): void
}

const realClock: GateClock = {
  now: () => performance.now(),
  after: (ms, then) => void setTimeout(then, ms),
}

/** Milliseconds of quiet after which one request more is tried at once; doubled each time that this was one too many. */
const quietSpell = 10_000
/** Where a budget was spent: it fills within hours. */
const spentSpell = 60_000
const longestSpell = 900_000

/** How the requests go: so many at once; after each a pause that is so many times as long as it took. */
interface Pace {
  readonly limit: number
  readonly pause: number
}

/** A pause that is shorter is none; a longer one than the other would be a guess gone wrong. */
const leastPause = 0.05
const mostPause = 1

/**
 * Learns from refusals, so that few are needed. *Too many connections* tells how many may run: those that weren't refused. A spent budget leaves only what flows
 * back into it, and Exchange holds each answer back so long that one request after the other uses just that ("EWS throttling in Exchange", micro-delays): more of
 * them would be refused again and again. Where one after the other is too much as well, the time that it was told to wait says how long to pause after each. After every time of
 * waiting one request goes ahead, and the others only when it was let in.
 */
export function createRequestGate(most: number, { now, after }: GateClock = realClock): RequestGate {
  let pace: Pace = { limit: most, pause: 0 }
  /** What was borne before the last step up; nothing where the last step was one down. */
  let before: Pace | undefined
  let inside = 0
  let closedUntil = 0
  let probe: 'due' | 'out' | undefined
  let spell = quietSpell
  let lastChange = Number.NEGATIVE_INFINITY
  /** Milliseconds that requests took since the last time of waiting. */
  let worked = 0
  let wakesAt = Number.POSITIVE_INFINITY
  const waiting = createWaitingLine<() => void>()

  const admit = () => {
    const wait = closedUntil - now()
    if (wait > 0) {
      if (waiting.length === 0 || wakesAt <= closedUntil) return
      wakesAt = closedUntil
      // A timer may fire a moment early; it is set again then.
      after(wait, () => {
        wakesAt = Number.POSITIVE_INFINITY
        admit()
      })
      return
    }
    while (inside < pace.limit && probe !== 'out' && waiting.length > 0) {
      inside++
      waiting.call(passage())
    }
  }
  /** To be called as one goes in: its way out again. */
  const passage = () => {
    const isProbe = probe === 'due'
    if (isProbe) probe = 'out'
    const entered = now()
    return () => {
      inside--
      const took = now() - entered
      // What leaves while nobody may go in went in before the time of waiting.
      if (closedUntil <= now()) worked += took
      if (pace.pause > 0) closedUntil = Math.max(closedUntil, now() + pace.pause * took)
      // Still out: the server had no more to say against it.
      if (isProbe && probe === 'out') probe = undefined
      if (waiting.length > 0 && now() - lastChange > spell) stepUp()
      admit()
    }
  }
  const stepUp = () => {
    const { limit, pause } = pace
    if (pause === 0 && limit >= most) return
    before = pace
    pace = pause === 0 ? { limit: limit + 1, pause } : { limit, pause: pause < 2 * leastPause ? 0 : pause / 2 }
    lastChange = now()
  }
  const stepDown = (to: Pace, atLeast: number) => {
    // The last step up was one too many, what was before it is known to be borne.
    if (before) spell = Math.min(longestSpell, spell * 2)
    else spell = Math.max(spell, atLeast)
    pace = before ?? { limit: Math.max(1, Math.min(pace.limit, to.limit)), pause: Math.max(pace.pause, to.pause) }
    before = undefined
    lastChange = now()
  }
  /** What one request after the other would have had to pause not to be told to wait for `ms` now, and a little. */
  const pauseFor = (ms: number): number => {
    if (pace.limit > 1 || worked === 0) return 0
    return Math.min(mostPause, pace.pause + ms / worked + leastPause / 2)
  }
  return {
    enter(signal) {
      const turn = waiting.join(undefined, signal)
      admit()
      return turn
    },
    busy(ms, spent) {
      // Requests that were under way together hear of the same trouble.
      if (closedUntil <= now()) {
        stepDown(spent ? { limit: 1, pause: pauseFor(ms) } : { limit: pace.limit >> 1, pause: 0 }, spent ? spentSpell : quietSpell)
        worked = 0
      }
      closedUntil = Math.max(closedUntil, now() + ms)
      probe = 'due'
    },
    tooMany() {
      stepDown({ limit: inside - 1, pause: 0 }, quietSpell)
    },
  }
}
