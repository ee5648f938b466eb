import type { ReadOptions } from './mailServer.ts'

/** Items asked for with one command, and given out as one batch. */
export interface ReadPart<Key> {
  readonly keys: readonly Key[]
  /** Bytes to be expected. */
  readonly bytes: number
  /** One item that is given out while it arrives. */
  readonly streamed: boolean
}

/** Cuts a folder's reading into batches, in the order given; items to be streamed stand alone. */
export function* readParts<Key>(keys: readonly Key[], sizeOf: (key: Key) => number, batch: ReadOptions['batch']): Generator<ReadPart<Key>> {
  let part: Key[] = []
  let bytes = 0
  for (const key of keys) {
    const size = sizeOf(key)
    const streamed = size > batch.streamAbove
    if (part.length > 0 && (streamed || part.length >= batch.items || bytes + size > batch.bytes)) {
      yield { keys: part, bytes, streamed: false }
      part = []
      bytes = 0
    }
    if (streamed) {
      yield { keys: [key], bytes: size, streamed: true }
      continue
    }
    part.push(key)
    bytes += size
  }
  if (part.length > 0) yield { keys: part, bytes, streamed: false }
}
