/** A set of numbers as ascending ranges: what a store knows a client to have (MS-OXCFXICS's IDSET), in little room. */
export type Ranges = readonly (readonly [first: number, last: number])[]

export function toRanges(numbers: Iterable<number>): Ranges {
  const ranges: [number, number][] = []
  for (const number of [...numbers].sort((a, b) => a - b)) {
    const last = ranges.at(-1)
    if (last && number <= last[1] + 1) last[1] = number
    else ranges.push([number, number])
  }
  return ranges
}

export function* fromRanges(ranges: Ranges): Generator<number> {
  for (const [first, last] of ranges) for (let number = first; number <= last; number++) yield number
}
