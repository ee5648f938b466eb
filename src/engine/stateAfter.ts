import { type ErrorCode, isError } from '../domain/errors.ts'
import type { PairState } from '../domain/pair.ts'
import type { PairOutcome } from '../migration/context.ts'
import { storedError } from '../migration/storedError.ts'

/** What a new secret cures. */
const credentialCodes: readonly ErrorCode[] = [
  'signIn.refused',
  'signIn.expired',
  'signIn.locked',
  'signIn.stopped',
  'secret.missing',
  'secret.inEditor',
  'secret.source',
  'vault.unavailable',
  'csv.invalid',
]

export type EndState = Exclude<PairState, { state: 'running' | 'new' | 'queued' }>

/** The state a run leaves its pair in. `now` is ISO 8601; `retryAt` is when a passing failure is tried again, absent where it isn't any more. */
export function stateAfter(outcome: PairOutcome, now: string, retryAt: string | undefined): EndState {
  switch (outcome.result) {
    case 'completed':
      return { state: 'completed', at: now }
    case 'completedWithDifferences':
      return { state: 'completedWithDifferences', at: now, differences: outcome.differences }
    case 'stopped':
      return { state: 'stopped' }
    case 'failed':
      break
  }
  const { error } = outcome
  const stored = storedError(error)
  if (isError(error, 'stopped')) return { state: 'stopped' }
  // Where another engine has the pair, this state is never written. Else the machine slept beyond its lease, and the run simply goes on.
  if (isError(error, 'lease.lost')) return { state: 'waiting', for: 'server', error: stored, until: now }
  if (credentialCodes.includes(error.code)) return { state: 'waiting', for: 'credentials', error: stored }
  switch (error.remedy) {
    case 'transient':
      return { state: 'waiting', for: 'server', error: stored, ...(retryAt === undefined ? {} : { until: retryAt }) }
    case 'person':
      return { state: 'waiting', for: 'person', error: stored }
    case 'permanent':
      return { state: 'failed', error: stored }
  }
}
