import { setTimeout as sleep } from 'node:timers/promises'
import { type ByteBudget, createByteBudget } from '../domain/byteBudget.ts'
import type { Limits } from '../domain/job.ts'

/** What the pairs of one job share. */
export interface JobLimits {
  /** Message bytes held in memory by all pairs together; waits until there is room. */
  readonly memory: ByteBudget
  /** Connections to each server, for each pair that runs at once. */
  readonly connections: number
  /** Requests to each server at once, for each pair that runs: a share of the connections. */
  readonly requests: number
  /** Content that all pairs together have asked for and not handed on, where it comes in batches; waits until there is room. */
  readonly reading: ByteBudget
  /** Bytes each pair may ask its source for ahead of their use. */
  readonly readAhead: number
  /** Waits where the job's MB/s ask for it. */
  readonly rate: (bytes: number) => Promise<void> | undefined
}

/** Message bytes in flight for one job: with reading ahead and the runtime's own needs this keeps the engine under 200 MB. */
const memoryBytes = 24_000_000

/** The same for batches that were asked for whole, until the next one is wanted: what is being written meanwhile counts twice. */
const readingBytes = 12_000_000

/** The same for what was asked for and has not come or not been taken yet: a network of 40 ms and 100 MB/s holds 4 MB. */
const readAheadBytes = 24_000_000

export const createJobLimits = (limits: Limits, now: () => number = () => performance.now()): JobLimits => ({
  memory: createByteBudget(memoryBytes),
  connections: Math.max(1, Math.floor(limits.connectionsPerServer / Math.max(1, limits.pairsAtOnce))),
  requests: connectionShare(limits, { running: 0, used: 0, toRun: limits.pairsAtOnce }),
  reading: createByteBudget(readingBytes),
  readAhead: Math.floor(readAheadBytes / Math.max(1, limits.pairsAtOnce)),
  rate: createRate(limits.megabytesPerSecond, now),
})

export interface Running {
  readonly running: number
  /** Connections that the running ones have. */
  readonly used: number
  /** Pairs that run or are to be run. */
  readonly toRun: number
}

/** The share of a pair about to run in the connections to a server: those that nobody has, divided among as many as can still be begun. */
export const connectionShare = ({ connectionsPerServer, pairsAtOnce }: Limits, { running, used, toRun }: Running): number =>
  Math.max(1, Math.floor((connectionsPerServer - used) / Math.max(1, Math.min(pairsAtOnce, toRun) - running)))

/** A leaky bucket of one second's depth; nothing waits where no limit is set. */
function createRate(megabytesPerSecond: number | undefined, now: () => number): JobLimits['rate'] {
  if (megabytesPerSecond === undefined) return () => undefined
  const bytesPerMs = megabytesPerSecond * 1000
  let emptyAt = now()
  return bytes => {
    emptyAt = Math.max(emptyAt, now()) + bytes / bytesPerMs
    const ahead = emptyAt - now()
    return ahead > 1000 ? sleep(ahead - 1000) : undefined
  }
}
