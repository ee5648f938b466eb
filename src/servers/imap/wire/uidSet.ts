/**
 * A sequence set (RFC 3501 9) of UIDs in the order given, runs of consecutive ones joined: `[1, 2, 3, 7]` becomes `1:3,7`.
 */
export function formatUidSet(uids: readonly number[]): string {
  let text = ''
  let first = uids[0]
  let last = first
  for (let index = 1; first !== undefined && last !== undefined; index++) {
    const next = uids[index]
    if (next === last + 1) {
      last = next
      continue
    }
    text += (text === '' ? '' : ',') + (first === last ? first : `${first}:${last}`)
    first = next
    last = next
  }
  return text
}

/**
 * The UIDs of a set a server sent, in its order; `limit` guards against a set that would fill the memory, and gives undefined then.
 * What is no set at all gives undefined, too.
 */
export function parseUidSet(text: string, limit = 10_000_000): number[] | undefined {
  const uids: number[] = []
  for (const part of text.split(',')) {
    const match = /^(\d{1,10})(?::(\d{1,10}))?$/.exec(part)
    if (!match) return undefined
    const from = Number(match[1])
    const to = match[2] === undefined ? from : Number(match[2])
    if (uids.length + Math.abs(to - from) >= limit) return undefined
    // RFC 3501 lets a range be written either way round, and 4315 forbids it where the order matters.
    const step = to < from ? -1 : 1
    for (let uid = from; uid !== to + step; uid += step) uids.push(uid)
  }
  return uids
}

/** Cuts UIDs into runs that ascend, each at most `most` long and written in about `longest` octets: RFC 2683 3.2.1.5 asks for short lines. */
export function ascendingRuns(uids: readonly number[], most: number, longest = 4000): number[][] {
  const runs: number[][] = []
  let run: number[] = []
  let octets = 0
  let previous = -1
  for (const uid of uids) {
    const cost = uid === previous + 1 ? 0 : 22
    if (run.length > 0 && (uid <= previous || run.length >= most || octets + cost > longest)) {
      runs.push(run)
      run = []
      octets = 0
    }
    run.push(uid)
    octets += cost
    previous = uid
  }
  if (run.length > 0) runs.push(run)
  return runs
}
