import type { ReadOptions } from '../mailServer.ts'

/** Items asked for with one command, and given out as one batch. */
export interface ReadPart {
  readonly uids: readonly number[]
  /** Bytes to be expected. */
  readonly bytes: number
  /** One item that is given out while it arrives. */
  readonly streamed: boolean
}

/** Cuts a folder's reading into batches, in the order given; items to be streamed stand alone. */
export function* readParts(uids: readonly number[], sizeOf: (uid: number) => number, batch: ReadOptions['batch']): Generator<ReadPart> {
  let part: number[] = []
  let bytes = 0
  for (const uid of uids) {
    const size = sizeOf(uid)
    const streamed = size > batch.streamAbove
    if (part.length > 0 && (streamed || part.length >= batch.items || bytes + size > batch.bytes)) {
      yield { uids: part, bytes, streamed: false }
      part = []
      bytes = 0
    }
    if (streamed) {
      yield { uids: [uid], bytes: size, streamed: true }
      continue
    }
    part.push(uid)
    bytes += size
  }
  if (part.length > 0) yield { uids: part, bytes, streamed: false }
}
