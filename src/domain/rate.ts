/** Units a second over the last while, from totals that only grow. */
export interface Rate {
  add(total: number, now: number): void
  perSecond(now: number): number
}

export function createRate(windowMs = 10_000): Rate {
  const points: { total: number; at: number }[] = []
  return {
    add(total, now) {
      points.push({ total, at: now })
      while (points.length > 2 && (points[1]?.at ?? now) < now - windowMs) points.shift()
    },
    perSecond(now) {
      const first = points[0]
      const last = points.at(-1)
      if (first === undefined || last === undefined || now <= first.at) return 0
      return ((last.total - first.total) * 1000) / (now - first.at)
    },
  }
}
