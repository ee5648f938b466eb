import { setTimeout as sleep } from 'node:timers/promises'
import type { Limits } from '../domain/job.ts'

/** What the pairs of one job share. */
export interface JobLimits {
  /** Message bytes held in memory by all pairs together; waits until there is room. */
  readonly memory: ByteBudget
  /** Connections to each server, for each pair that runs at once. */
  readonly connections: number
  /** Bytes each pair may ask its source for ahead of their use. */
  readonly readAhead: number
  /** Waits where the job's MB/s ask for it. */
  readonly rate: (bytes: number) => Promise<void> | undefined
}

export interface ByteBudget {
  take(bytes: number, signal: AbortSignal): Promise<void>
  give(bytes: number): void
}

/** Message bytes in flight for one job: with reading ahead and the runtime's own needs this keeps the engine under 200 MB. */
const memoryBytes = 24_000_000

/** The same for what was asked for and has not come or not been taken yet: a network of 40 ms and 100 MB/s holds 4 MB. */
const readAheadBytes = 24_000_000

export const createJobLimits = (limits: Limits, now: () => number = () => performance.now()): JobLimits => ({
  memory: createByteBudget(memoryBytes),
  connections: Math.max(1, Math.floor(limits.connectionsPerServer / Math.max(1, limits.pairsAtOnce))),
  readAhead: Math.floor(readAheadBytes / Math.max(1, limits.pairsAtOnce)),
  rate: createRate(limits.megabytesPerSecond, now),
})

/** A first-come-first-served semaphore over bytes; one request larger than the whole budget is let through alone. */
export function createByteBudget(size: number): ByteBudget {
  let free = size
  const waiting: { bytes: number; go: () => void }[] = []
  const wake = () => {
    for (let first = waiting[0]; first && (first.bytes <= free || free === size); first = waiting[0]) {
      waiting.shift()
      free -= first.bytes
      first.go()
    }
  }
  return {
    async take(bytes, signal) {
      signal.throwIfAborted()
      if (waiting.length === 0 && (bytes <= free || free === size)) {
        free -= bytes
        return
      }
      await new Promise<void>((resolve, reject) => {
        const go = () => {
          signal.removeEventListener('abort', abandon)
          resolve()
        }
        const entry = { bytes, go }
        const abandon = () => {
          waiting.splice(waiting.indexOf(entry), 1)
          reject(signal.reason)
          wake()
        }
        signal.addEventListener('abort', abandon, { once: true })
        waiting.push(entry)
      })
    },
    give(bytes) {
      free += bytes
      wake()
    },
  }
}

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
