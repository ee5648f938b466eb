import type { JobId, PairId } from '../domain/ids.ts'
import { createRate, type Rate } from '../domain/rate.ts'
import type { JobProgress } from '../rpc/notifications.ts'
import type { Engine } from './mirror.ts'

/** Messages a second, over the last seconds. */
export interface Speeds extends Disposable {
  ofJob(job: JobId): number
  ofPair(pair: PairId): number
}

interface Measured {
  done: number
  readonly rate: Rate
}

/** Measures from the progress that the engine tells. A pair's count starts again with each run, so only what is added counts. */
export function createSpeeds(onProgress: Engine['onProgress'], now: () => number): Speeds {
  const pairs = new Map<string, Measured>()
  const jobs = new Map<string, Measured>()

  const add = (measured: Map<string, Measured>, id: string, done: number): void => {
    const one = measured.get(id) ?? { done: 0, rate: createRate() }
    one.done += done
    one.rate.add(one.done, now())
    measured.set(id, one)
  }
  const last = new Map<string, number>()
  const listening = onProgress(({ job, pair, counts }: JobProgress) => {
    const more = Math.max(0, counts.done - (last.get(pair) ?? counts.done))
    last.set(pair, counts.done)
    add(pairs, pair, more)
    add(jobs, job, more)
  })
  const of = (measured: Map<string, Measured>, id: string): number => measured.get(id)?.rate.perSecond(now()) ?? 0
  return {
    ofJob: job => of(jobs, job),
    ofPair: pair => of(pairs, pair),
    [Symbol.dispose]: () => listening.dispose(),
  }
}
