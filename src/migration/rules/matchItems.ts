/** Two lists matched one to one. `missing` have no partner among the found ones, `extra` none among the wanted ones. */
export interface Matches<Wanted, Found> {
  readonly pairs: readonly { readonly wanted: Wanted; readonly found: Found }[]
  readonly missing: readonly Wanted[]
  readonly extra: readonly Found[]
}

/** What is compared. `received` is in milliseconds since the epoch. */
export interface Identified {
  readonly size: number
  readonly received: number
}

export interface MatchRule<Item> {
  /** Only items with equal identities are partners; one without an identity has no partner. */
  readonly identity: (item: Item) => string | undefined
  /** How far the received dates of partners may lie apart, in milliseconds. */
  readonly tolerance: number
}

const buckets = <Item>(items: readonly Item[], identity: (item: Item) => string | undefined): Map<string, Item[]> => {
  const map = new Map<string, Item[]>()
  for (const item of items) {
    const key = identity(item)
    if (key === undefined) continue
    const bucket = map.get(key)
    if (bucket === undefined) map.set(key, [item])
    else bucket.push(item)
  }
  return map
}

type Pair<Wanted, Found> = { readonly wanted: Wanted; readonly found: Found }

/** Partners in order of date, each with the first still free one within reach: no other way finds more, since all reach equally far. */
const inOrder = <Wanted extends Identified, Found extends Identified>(
  wanted: readonly Wanted[],
  found: readonly Found[],
  tolerance: number,
): Pair<Wanted, Found>[] => {
  const left = wanted.toSorted((a, b) => a.received - b.received)
  const right = found.toSorted((a, b) => a.received - b.received)
  const pairs: Pair<Wanted, Found>[] = []
  let l = 0
  let r = 0
  for (;;) {
    const one = left[l]
    const other = right[r]
    if (one === undefined || other === undefined) return pairs
    const apart = one.received - other.received
    if (Math.abs(apart) <= tolerance) {
      pairs.push({ wanted: one, found: other })
      l += 1
      r += 1
    } else if (apart < 0) l += 1
    else r += 1
  }
}

/** As many partners as there can be; among the ways to that, one that gives equal dates to each other first. */
const inBucket = <Wanted extends Identified, Found extends Identified>(
  wanted: readonly Wanted[],
  found: readonly Found[],
  tolerance: number,
): Pair<Wanted, Found>[] => {
  const most = inOrder(wanted, found, tolerance)
  if (most.every(pair => pair.wanted.received === pair.found.received)) return most
  const exact = inOrder(wanted, found, 0)
  const taken = new Set<Wanted | Found>(exact.flatMap(pair => [pair.wanted, pair.found]))
  const free = <Item extends Wanted | Found>(items: readonly Item[]): Item[] => items.filter(item => !taken.has(item))
  const closest = [...exact, ...inOrder(free(wanted), free(found), tolerance)]
  return closest.length === most.length ? closest : most
}

/**
 * Matches two lists one to one as multisets: of three equal items here and two there, two are matched. Always finds as many partners as possible.
 * Items are told apart by object identity, so no object may be given twice. Cost: n log n.
 */
export const matchItems = <Wanted extends Identified, Found extends Identified>(
  wanted: readonly Wanted[],
  found: readonly Found[],
  { identity, tolerance }: MatchRule<Wanted | Found>,
): Matches<Wanted, Found> => {
  const there = buckets(found, identity)
  const pairs: Pair<Wanted, Found>[] = []
  for (const [key, ours] of buckets(wanted, identity)) {
    for (const pair of inBucket(ours, there.get(key) ?? [], tolerance)) pairs.push(pair)
  }
  const matched = new Set<Wanted | Found>(pairs.flatMap(pair => [pair.wanted, pair.found]))
  return {
    pairs,
    missing: wanted.filter(item => !matched.has(item)),
    extra: found.filter(item => !matched.has(item)),
  }
}
