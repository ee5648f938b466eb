/** A source of chance that gives the same sequence for the same seed, so that a failing run can be repeated. */
export interface Random {
  /** 0 ≤ number < 1. */
  next(): number
  /** Whole number, both ends included. */
  between(from: number, to: number): number
  /** Exponentially distributed around `mean`: the time between events that happen at random instants. */
  around(mean: number): number
  pick<Item>(items: readonly [Item, ...Item[]]): Item
  bytes(length: number): Buffer
}

/** The mulberry32 generator: 32 bits of state, good enough for test data and never for secrets. */
export function seeded(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const between = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1))
  return {
    next,
    between,
    around: mean => -Math.log(1 - next()) * mean,
    pick: items => items[between(0, items.length - 1)] ?? items[0],
    bytes: length => Buffer.from(Uint8Array.from({ length }, () => between(0, 255))),
  }
}
