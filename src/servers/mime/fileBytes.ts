import type { ParsedMessage } from './parseMessage.ts'
import { readContents } from './readContents.ts'
import { afterHead, signedHead } from './signedWhole.ts'

/**
 * Goes once more through a message whose files weren't held: gives the bytes of each, in the order of its attachments, and `end` behind each. Bytes are good until
 * the next are asked for: their place is used again, for what is freed only later would be more than what is held.
 */
export async function* fileBytes(
  chunks: Iterable<Buffer> | AsyncIterable<Buffer>,
  { fields, protection }: Pick<ParsedMessage, 'fields' | 'protection'>,
): AsyncGenerator<Buffer | 'end', void> {
  let ready: (Buffer | 'end')[] = []
  const taken = () => {
    const given = ready
    ready = []
    return given
  }
  if (protection === 'clearSigned') {
    yield signedHead(fields)
    const write = afterHead(bytes => ready.push(bytes))
    for await (const chunk of chunks) {
      write(chunk)
      yield* taken()
    }
    yield 'end'
    return
  }

  let isFile = false
  let place = Buffer.allocUnsafeSlow(1 << 17)
  let used = 0
  let begun = 0
  const flush = () => {
    if (used > begun) ready.push(place.subarray(begun, used))
    begun = used
  }
  const reader = readContents({
    head() {},
    begin(_, isText) {
      isFile = !isText
    },
    bytes(bytes) {
      if (!isFile) return
      if (used + bytes.length > place.length) {
        flush()
        place = Buffer.allocUnsafeSlow(Math.max(place.length * 2, bytes.length))
        used = 0
        begun = 0
      }
      used += bytes.copy(place, used)
    },
    end() {
      if (!isFile) return
      flush()
      ready.push('end')
    },
  })
  for await (const chunk of chunks) {
    reader.write(chunk)
    flush()
    yield* taken()
    used = 0
    begun = 0
  }
  reader.end()
  yield* taken()
}
