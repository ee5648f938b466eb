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
    let text = chunk.toString('latin1')
    if (state === 'after') continue
    if (state === 'before') {
      head += text
      const start = /"data"\s*:\s*"/.exec(head)
      if (!start) {
        // As much as the beginning of what is looked for may take.
        if (head.length > longestHead) throw new SyntaxError('no data in an exported item')
        continue
      }
      text = head.slice(start.index + start[0].length)
      head = ''
      state = 'within'
    }
    const end = text.indexOf('"')
    const bytes = decoder.decode(Buffer.from((end < 0 ? text : text.slice(0, end)).replaceAll('\\', ''), 'latin1'))
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
