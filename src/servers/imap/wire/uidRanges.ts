/** Ranges of UIDs as servers write them, never spelt out: `1:4294967295` is a legal answer. */
export type UidRanges = readonly (readonly [from: number, to: number])[]

/** Parses a set such as `1:3,7`; undefined where it is none. */
export function parseUidRanges(text: string): UidRanges | undefined {
  const ranges: (readonly [number, number])[] = []
  for (const part of text.split(',')) {
    const match = /^(\d{1,10})(?::(\d{1,10}))?$/.exec(part)
    if (!match) return undefined
    const one = Number(match[1])
    const other = Number(match[2] ?? match[1])
    ranges.push([Math.min(one, other), Math.max(one, other)])
  }
  return ranges
}

/** Those of some UIDs, ascending, that lie in the ranges. */
export function within(uids: readonly number[], ranges: UidRanges): number[] {
  const sorted = ranges.toSorted((a, b) => a[0] - b[0])
  const inside: number[] = []
  let at = 0
  for (const uid of uids) {
    // Ranges may overlap, so one is only passed when it ends before this UID.
    for (let range = sorted[at]; range && range[1] < uid; range = sorted[at]) at++
    const range = sorted[at]
    if (range && range[0] <= uid) inside.push(uid)
  }
  return inside
}
