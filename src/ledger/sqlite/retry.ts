import { setTimeout as sleep } from 'node:timers/promises'
import { MailferryError } from '../../domain/errors.ts'
import { isBusy, ledgerError } from './errors.ts'

/** How long somebody else's lock is waited for before a person hears of it. */
export const busyLimitMs = 30_000

/**
 * Tries until nobody else holds the lock. SQLite's own busy timeout would sleep on the event loop's thread, so it is never set:
 * the waiting is done here, with jitter so that several processes don't keep meeting. Other SQLite errors come out as ledger errors.
 */
export async function retryWhileBusy<Result>(path: string, attempt: () => Result, limitMs = busyLimitMs): Promise<Result> {
  // The pauses are counted, not the clock, which goes on while the process is suspended.
  let waited = 0
  for (let pause = 1; ; pause = Math.min(pause * 1.5, 40)) {
    try {
      return attempt()
    } catch (thrown) {
      if (!isBusy(thrown)) throw ledgerError(thrown, path)
      if (waited > limitMs) throw new MailferryError('ledger.busy', { path, ms: Math.round(waited) }, { cause: thrown })
    }
    const jittered = pause * (0.5 + Math.random())
    await sleep(jittered)
    waited += jittered
  }
}
