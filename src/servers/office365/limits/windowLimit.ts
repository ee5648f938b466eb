import { performance } from 'node:perf_hooks'

/** So much in any stretch of time of one length, wherever the server lets its windows begin. */
export interface WindowLimit {
  /** Milliseconds until so much more may be used; 0: now. What is more than the whole limit has to wait for an empty window. */
  wait(amount: number): number
  use(amount: number): void
}

const slices = 60

/**
 * Counts by slices of the window, a slice being forgotten when the whole of it has left the window: never more than `amount` in any window, and at most
 * one slice too careful. Unlike a bucket that fills by drops, it lets a small mailbox go at full speed.
 */
export function windowLimit(
  { amount: limit, ms }: { readonly amount: number; readonly ms: number },
  now = () => performance.now(),
): WindowLimit {
  const slice = ms / slices
  const used: { readonly until: number; amount: number }[] = []
  let total = 0
  const forget = (at: number) => {
    for (let first = used[0]; first !== undefined && first.until <= at; first = used[0]) {
      total -= first.amount
      used.shift()
    }
  }
  return {
    wait(amount) {
      const at = now()
      forget(at)
      let left = total
      if (left === 0 || left + amount <= limit) return 0
      for (const { until, amount: freed } of used) {
        left -= freed
        if (left === 0 || left + amount <= limit) return until - at
      }
      return 0
    },
    use(amount) {
      const at = now()
      forget(at)
      total += amount
      const until = (Math.floor(at / slice) + 1) * slice + ms
      const last = used.at(-1)
      if (last?.until === until) last.amount += amount
      else used.push({ until, amount })
    },
  }
}
