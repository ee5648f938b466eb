import type { JobSummary } from '../rpc/results.ts'
import { createEmitter } from './emitter.ts'
import type { EngineClient, Event } from './engineClient.ts'

/** How a job came to rest. */
export interface JobOutcome {
  readonly job: JobSummary
  readonly outcome: 'completed' | 'completedWithDifferences' | 'stopped' | 'failed' | 'waitsForPerson'
}

/** Milliseconds that changes are gathered for before jobs are looked at again. */
const gatherFor = 500

/** How a job rests; nothing while it is at work, or has never been. `retried`: how many of its mailboxes wait only until they are tried again. */
export function outcomeOf({ states, pairs }: Pick<JobSummary, 'states' | 'pairs'>, retried = 0): JobOutcome['outcome'] | undefined {
  const of = (state: keyof typeof states): number => states[state] ?? 0
  if (of('running') + of('queued') + retried > 0 || of('new') === pairs) return undefined
  if (of('failed') > 0) return 'failed'
  if (of('waiting') > 0) return 'waitsForPerson'
  if (of('stopped') > 0) return 'stopped'
  return of('completedWithDifferences') > 0 ? 'completedWithDifferences' : 'completed'
}

/** Tells, once each time, how jobs came to rest that were seen at work, whichever engine ran them. */
export function watchOutcomes(engine: Pick<EngineClient, 'call' | 'onDidChange' | 'onState'>): {
  readonly onOutcome: Event<JobOutcome>
  dispose(): void
} {
  const outcomes = createEmitter<JobOutcome>()
  const atWork = new Set<string>()
  let due: NodeJS.Timeout | undefined

  const look = async (): Promise<void> => {
    for (const job of await engine.call('job.list', {})) {
      const outcome = outcomeOf(job, await retriedOf(job))
      if (outcome === undefined) {
        if ((job.states.running ?? 0) + (job.states.queued ?? 0) > 0) atWork.add(job.id)
      } else if (atWork.delete(job.id)) outcomes.fire({ job, outcome })
    }
  }
  const retriedOf = async ({ id, states }: JobSummary): Promise<number> => {
    if (!atWork.has(id) || (states.waiting ?? 0) === 0) return 0
    const { list } = await engine.call('job.pairs', { name: id, offset: 0, limit: 1000, states: ['waiting'] })
    return list.filter(({ state }) => state.state === 'waiting' && state.for === 'server' && state.until !== undefined).length
  }
  const later = (): void => {
    due ??= setTimeout(() => {
      due = undefined
      // An engine that died is told of by its state; jobs are looked at when it runs again.
      look().catch(() => {})
    }, gatherFor)
  }
  const listening = [engine.onDidChange(later), engine.onState(({ state }) => state === 'running' && later())]
  return {
    onOutcome: outcomes.event,
    dispose() {
      clearTimeout(due)
      for (const each of listening) each.dispose()
    },
  }
}
