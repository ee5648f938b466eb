/** What a flow is held back by: the wire it comes from. */
export interface Holdable {
  hold(): void
  release(): void
}

/** A queue between the network, which pushes, and a consumer, who takes at his own pace. */
export interface Inlet<Value> {
  /** `weight` in the units of the inlet's limit. */
  push(value: Value, weight: number): void
  end(): void
  fail(error: unknown): void
  /** The next value; undefined after the last one. Throws what it was failed with, after what came before. */
  take(): Promise<Value | undefined>
  /** Drops what is there and what still comes. */
  abandon(): void
}

/** Holds the source while more than `limit` waits, until half of it was taken. */
export function createInlet<Value>(source: Holdable, limit: number): Inlet<Value> {
  const queue: { value: Value; weight: number }[] = []
  let weight = 0
  let holding = false
  let state: 'open' | 'ended' | 'failed' | 'abandoned' = 'open'
  let failure: unknown
  let wake: (() => void) | undefined

  const signal = () => {
    const woken = wake
    wake = undefined
    woken?.()
  }
  const release = () => {
    if (!holding) return
    holding = false
    source.release()
  }
  return {
    push(value, added) {
      if (state === 'abandoned') return
      queue.push({ value, weight: added })
      weight += added
      if (weight > limit && !holding) {
        holding = true
        source.hold()
      }
      signal()
    },
    end() {
      if (state === 'open') state = 'ended'
      signal()
    },
    fail(error) {
      if (state === 'open') {
        state = 'failed'
        failure = error
      }
      signal()
    },
    async take() {
      while (queue.length === 0 && state === 'open') {
        const { promise, resolve } = Promise.withResolvers<void>()
        wake = resolve
        await promise
      }
      const first = queue.shift()
      if (first) {
        weight -= first.weight
        if (weight * 2 <= limit) release()
        return first.value
      }
      if (state === 'failed') throw failure
      return undefined
    },
    abandon() {
      state = 'abandoned'
      queue.length = 0
      weight = 0
      release()
      signal()
    },
  }
}
