import { setTimeout as sleep } from 'node:timers/promises'
import { isError, type MailferryError } from '../domain/errors.ts'

/** How often something is tried before its error is given to the caller, and the pauses between: milliseconds, doubled each time. */
const attempts = 5
const firstPause = 500
const longestPause = 60_000

/**
 * Tries again what failed for a passing reason, after a pause that grows and is never shorter than the server asked for.
 * `work` tells through `progressed` that it got somewhere, which makes the next failure count as a first one. After `stop` nothing is tried again.
 */
export async function withRetry<Result>(
  signal: AbortSignal,
  work: (progressed: () => void) => Promise<Result>,
  stop?: AbortSignal,
): Promise<Result> {
  const waiting = stop === undefined ? signal : AbortSignal.any([signal, stop])
  let failures = 0
  for (;;) {
    try {
      return await work(() => {
        failures = 0
      })
    } catch (thrown) {
      signal.throwIfAborted()
      if (!isError(thrown) || thrown.remedy !== 'transient' || ++failures >= attempts) throw thrown
      await sleep(pauseAfter(thrown, failures), undefined, { signal: waiting }).catch(() => {
        signal.throwIfAborted()
        throw thrown
      })
    }
  }
}

/** Milliseconds to wait after the n-th failure: what the server said, else doubled each time, with jitter so that lanes don't return together. */
export function pauseAfter(error: MailferryError, failures: number): number {
  const asked = isError(error, 'server.busy') ? error.params.retryAfterMs : undefined
  const own = Math.min(longestPause, firstPause * 2 ** (failures - 1)) * (0.5 + Math.random())
  return Math.max(asked ?? 0, own)
}
