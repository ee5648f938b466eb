export interface ByteBudget {
  take(bytes: number, signal: AbortSignal): Promise<void>
  give(bytes: number): void
}

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
