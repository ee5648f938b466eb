import type { ReadPart } from './readParts.ts'

/** Batches one reading asks for before the first of them is taken: a round trip's worth on a slow network. */
const batchesAhead = 8

/** Bytes one reading asks for ahead. */
const bytesAhead = 6_000_000

/** What all readings of a session together have asked for and not taken yet, so that many folders at once don't fill the memory. */
export interface AheadAccount {
  /** Bytes. */
  bytes: number
  readonly most: number
}

export interface ReadAhead<Asked> {
  /** What was asked for first, after asking for more behind it; undefined at the end. */
  next(): Asked | undefined
  /** Its content has come and is somebody else's memory now. */
  took(asked: Asked): void
  /** No more is wanted; answers what was asked for and not taken. */
  end(): readonly Asked[]
}

/** Decides how far a reading runs ahead of the one who uses it. */
export function createReadAhead<Key, Asked extends { readonly bytes: number }>(
  parts: Iterator<ReadPart<Key>>,
  account: AheadAccount,
  ask: (part: ReadPart<Key>) => Asked,
): ReadAhead<Asked> {
  const asked: Asked[] = []
  let bytes = 0
  let upcoming = parts.next()

  const count = (change: number) => {
    bytes += change
    account.bytes += change
  }
  // A stream that nobody takes yet stops the wire, and with it what has to come before. So it waits until it is next.
  const fits = (part: ReadPart<Key>): boolean =>
    !part.streamed && asked.length < batchesAhead && bytes + part.bytes <= bytesAhead && account.bytes + part.bytes <= account.most

  return {
    next() {
      // Several at a time: a wire that serves other folders in between has to open this one again.
      if (asked.length > batchesAhead / 2 || bytes > bytesAhead / 2) return asked[0]
      while (!upcoming.done && (asked.length === 0 || fits(upcoming.value))) {
        const one = ask(upcoming.value)
        asked.push(one)
        count(one.bytes)
        upcoming = parts.next()
      }
      return asked[0]
    },
    took(one) {
      asked.splice(asked.indexOf(one), 1)
      count(-one.bytes)
    },
    end() {
      count(-bytes)
      return asked.splice(0)
    },
  }
}
