import { createBase64Decoder } from '../../base64Decoder.ts'

/**
 * The bytes of the one item in an answer to `exportItems`, while it arrives: what stands in base64 in its `data`. Gives out nothing where it has none. Throws
 * a `SyntaxError` where it breaks off or is no base64.
 */
export async function* exportedStream(answer: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
  const decoder = createBase64Decoder()
  let head = ''
  let state: 'before' | 'within' | 'after' = 'before'
  for await (const chunk of answer) {
    if (state === 'after') continue
    let data = chunk
    if (state === 'before') {
      head += chunk.toString('latin1')
      const start = /"data"\s*:\s*"/.exec(head)
      if (!start) {
        // As much as the beginning of what is looked for may take.
        if (head.length > longestHead) throw new SyntaxError('no data in an exported item')
        continue
      }
      data = Buffer.from(head.slice(start.index + start[0].length), 'latin1')
      head = ''
      state = 'within'
    }
    const end = data.indexOf('"')
    const bytes = decoder.decode(withoutEscapes(end < 0 ? data : data.subarray(0, end)))
    if (bytes.length > 0) yield bytes
    if (end >= 0) {
      decoder.end()
      state = 'after'
    }
  }
  if (state === 'within') throw new SyntaxError('an exported item that breaks off')
}

/** Ids, keys and an error: what stands beside the data. */
const longestHead = 1 << 16

/** JSON may escape a slash. Where it doesn't, no copy is made: of a large item that would come to more than what is held. */
const withoutEscapes = (bytes: Buffer): Buffer =>
  bytes.includes('\\') ? Buffer.from(bytes.toString('latin1').replaceAll('\\', ''), 'latin1') : bytes
