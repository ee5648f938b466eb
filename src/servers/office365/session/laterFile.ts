import { MailferryError } from '../../../domain/errors.ts'
import type { Attachment } from '../../mime/parseMessage.ts'
import { type Ranges, rangeOf, rangeSize } from './uploadRanges.ts'

/** A file that is to be added to a message. */
export interface LaterFile {
  readonly file: Attachment
  /** Its bytes where it isn't held, to be taken before the next file's. */
  readonly bytes: AsyncIterator<Buffer, unknown>
}

/** Where files are collected in ranges: one for all files of a message, for what is freed only later would be more than what is held. */
export const createPlace = (): Buffer => Buffer.allocUnsafeSlow(rangeSize)

/**
 * Reads a file: anywhere where it is held; of one that comes as a stream, the range in hand and the one behind it, and `server.dropped` is thrown for what is past.
 * Throws `item.changed` where its bytes are not as many as it said.
 */
export function readerOf({ file: { chunks, size: expected }, bytes }: LaterFile, place: Buffer, host: string): Ranges['read'] {
  if (chunks) return async (from, length) => rangeOf(chunks, from, length)
  let start = 0
  let length = 0
  let rest: Buffer = Buffer.alloc(0)
  const next = async () => {
    start += length
    length = 0
    while (length < place.length) {
      if (rest.length === 0) {
        const { done, value } = await bytes.next()
        if (done === true) break
        rest = value
      }
      const copied = rest.copy(place, length)
      length += copied
      rest = rest.subarray(copied)
    }
    const actual = start + length
    if (actual > expected || (length < place.length && actual < expected)) throw new MailferryError('item.changed', { expected, actual })
  }
  return async (from, wanted) => {
    if (from < start) throw new MailferryError('server.dropped', { host, cause: 'an upload that begins anew' })
    if (from >= start + length) await next()
    return [place.subarray(from - start, Math.min(length, from - start + wanted))]
  }
}
