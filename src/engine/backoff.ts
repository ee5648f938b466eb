import { type ErrorCode, isError, type MailferryError } from '../domain/errors.ts'
import type { PairId } from '../domain/ids.ts'

/**
 * A pair is given up for this run after so many passing failures without an item in between: some two hours where a server is away or
 * asks for patience, a few minutes where it answers, but not as it should.
 */
const mostFailures = { away: 30, other: 6 }
const firstPause = 2_000
const longestPause = 5 * 60_000

const away: readonly ErrorCode[] = [
  'host.refused',
  'host.unreachable',
  'host.timeout',
  'server.busy',
  'server.bye',
  'server.dropped',
  'server.stalled',
  'server.tooManyConnections',
]

export interface Backoff {
  /** Notes a passing failure; answers the milliseconds to wait before the pair is tried again, or nothing when it was often enough. */
  failed(pair: PairId, error: MailferryError, doneItems: number): number | undefined
}

/** Remembers how often each pair failed in a row; `doneItems` that grew since the last failure begins a new row. */
export function createBackoff(): Backoff {
  const rows = new Map<PairId, { failures: number; doneItems: number }>()
  return {
    failed(pair, error, doneItems) {
      const before = rows.get(pair)
      const failures = before === undefined || doneItems > before.doneItems ? 1 : before.failures + 1
      rows.set(pair, { failures, doneItems })
      if (failures > mostFailures[away.includes(error.code) ? 'away' : 'other']) return undefined
      const asked = isError(error, 'server.busy') ? (error.params.retryAfterMs ?? 0) : 0
      return Math.max(asked, Math.min(longestPause, firstPause * 2 ** (failures - 1)))
    },
  }
}
