import type { Connection } from './connection.ts'
import { MailferryError } from './errors.ts'
import type { Job } from './job.ts'
import type { PairState } from './pair.ts'
import { type GatedOperation, mayOperate } from './staleGate.ts'

/** A job as a person sees it; follows from what is wanted and from its pairs. */
export type JobState =
  | 'empty'
  | 'new'
  | 'running'
  /** Asked to stop; pairs finish their batches. */
  | 'stopping'
  | 'stopped'
  /** Nothing runs, and somebody has to act (or a server has to recover) before anything does. */
  | 'waiting'
  | 'failed'
  | 'completedWithDifferences'
  | 'completed'

/** The state that says most about a job: what still goes on, then what is in the way, then how it ended. */
export const jobState = ({ wanted }: Pick<Job, 'wanted'>, pairs: Iterable<Pick<PairState, 'state'>>): JobState => {
  const states = new Set([...pairs].map(({ state }) => state))
  if (states.size === 0) return 'empty'
  if (states.has('running')) return wanted === 'run' ? 'running' : 'stopping'
  if (wanted === 'run' && states.has('queued')) return 'running'
  if (states.has('waiting')) return 'waiting'
  if (states.has('failed')) return 'failed'
  if (states.has('stopped') || states.has('queued')) return 'stopped'
  if (states.has('new')) return states.size === 1 ? 'new' : 'stopped'
  return states.has('completedWithDifferences') ? 'completedWithDifferences' : 'completed'
}

type Connections = Iterable<Pick<Connection, 'id' | 'name' | 'verification'>>

/**
 * Starts a job, again, or for a delta migration. Starting one that runs already is no mistake: what isn't queued yet joins.
 *
 * @returns the job as it is wanted then, or `job.empty`, `stale`.
 */
export const start = (
  job: Job,
  pairs: Iterable<PairState>,
  connections: Connections,
  operation: Extract<GatedOperation, 'start' | 'restart' | 'delta'> = 'start',
): Job | MailferryError => {
  if (jobState(job, pairs) === 'empty') return new MailferryError('job.empty', { job: job.name })
  return mayOperate(operation, job, connections) ?? { ...job, wanted: 'run' }
}

/** Asks a job to stop; `job.notRunning` where there is nothing to stop. */
export const stop = (job: Job, pairs: Iterable<PairState>): Job | MailferryError => {
  const all = [...pairs]
  const goesOn = all.some(({ state }) => state === 'running' || state === 'queued' || state === 'waiting')
  return job.wanted === 'run' || goesOn ? { ...job, wanted: 'stop' } : new MailferryError('job.notRunning', { job: job.name })
}

/** What may only be done while no pair of the job runs, in whichever engine: delete, reset, refresh addresses. */
export const refuseRunning = (job: Pick<Job, 'name'>, pairs: Iterable<PairState>, operation: string): MailferryError | undefined => {
  for (const { state } of pairs) if (state === 'running') return new MailferryError('job.running', { job: job.name, operation })
  return undefined
}
