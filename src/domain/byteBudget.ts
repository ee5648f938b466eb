import { createWaitingLine } from './waitingLine.ts'

export interface ByteBudget {
  take(bytes: number, signal: AbortSignal): Promise<void>
  give(bytes: number): void
}

/** A first-come-first-served semaphore over bytes; one request larger than the whole budget is let through alone. */
export function createByteBudget(size: number): ByteBudget {
  let free = size
  const waiting = createWaitingLine<void, number>()
  const fits = (bytes: number) => bytes <= free || free === size
  const wake = () => {
    for (let bytes = waiting.first; bytes !== undefined && fits(bytes); bytes = waiting.first) {
      free -= bytes
      waiting.call()
    }
  }
  return {
    async take(bytes, signal) {
      signal.throwIfAborted()
      if (waiting.length > 0 || !fits(bytes)) return waiting.join(bytes, signal, wake)
      free -= bytes
    },
    give(bytes) {
      free += bytes
      wake()
    },
  }
}
