import { type Base64Decoder, createBase64Decoder } from '../../base64Decoder.ts'

/** Takes apart what the splitter is given. All of it is called in the order of the bytes. */
export interface SplitSink {
  /** XML without the text of the content elements, cut anywhere but within markup. */
  xml(bytes: Buffer): void
  /** The next decoded bytes of the content element whose start tag came last. */
  content(bytes: Buffer): void
}

const [lessThan = 0, greaterThan = 0, slash = 0, bang = 0, question = 0, doubleQuote = 0, quote = 0, colon = 0] = Buffer.from('<>/!?"\':')

/** Bytes a tag or comment may have; nothing that a server of good will sends comes near it. */
const longestMarkup = 1 << 20

const empty = Buffer.alloc(0)

/**
 * Takes the base64 out of an XML text before a parser sees it, so that a message of any size never becomes a string: the text of the elements
 * named `contents` (without their prefix) is decoded, all the rest is passed on. Knows of XML only how to tell a start tag from comments, CDATA
 * sections and processing instructions. Throws a `SyntaxError` for content that is no base64.
 */
export function createContentSplitter(contents: ReadonlySet<string>, sink: SplitSink): (chunk: Buffer) => void {
  const initials = new Set([...contents].map(name => name.charCodeAt(0)))
  /** Markup whose end has not come yet. */
  let rest: Buffer = empty
  let decoder: Base64Decoder | undefined

  /** The local name of a start tag without its own end, where it may be one of `contents`. */
  const contentName = (bytes: Buffer, from: number, end: number): string | undefined => {
    const first = bytes[from + 1]
    if (first === slash || first === bang || first === question || bytes[end - 2] === slash) return undefined
    let at = from + 1
    for (let look = at; look < end; look++) {
      const byte = bytes[look] ?? 0
      if (byte <= 0x20 || byte === greaterThan) break
      if (byte === colon) at = look + 1
    }
    return initials.has(bytes[at] ?? 0) ? /^[^\s/>]+/.exec(bytes.toString('latin1', at, Math.min(end, at + 64)))?.[0] : undefined
  }

  return chunk => {
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk
    rest = empty
    let from = 0
    let at = 0
    while (at < bytes.length) {
      const next = bytes.indexOf(lessThan, at)
      const start = next < 0 ? bytes.length : next
      if (decoder) {
        const decoded = decoder.decode(bytes.subarray(at, start))
        if (decoded.length > 0) sink.content(decoded)
        from = start
      }
      if (next < 0) break
      const end = endOfMarkup(bytes, start)
      if (end < 0) {
        rest = bytes.subarray(start)
        if (rest.length > longestMarkup) throw new SyntaxError('markup without an end')
        break
      }
      decoder?.end()
      decoder = undefined
      at = end
      if (!contents.has(contentName(bytes, start, end) ?? '')) continue
      sink.xml(bytes.subarray(from, end))
      from = end
      decoder = createBase64Decoder()
    }
    const whole = bytes.length - rest.length
    if (from < whole) sink.xml(bytes.subarray(from, whole))
  }
}

/** Where a tag, comment, CDATA section or instruction that begins at `start` is over; negative where its end has not come. */
function endOfMarkup(bytes: Buffer, start: number): number {
  const first = bytes[start + 1]
  if (first === question) return after(bytes, '?>', start + 2)
  if (first === bang) {
    const opening = bytes.toString('latin1', start, start + 9)
    if (opening.startsWith('<!--')) return after(bytes, '-->', start + 4)
    if (opening === '<![CDATA[') return after(bytes, ']]>', start + 9)
    // Which of them it is can't be told yet.
    if ('<!--'.startsWith(opening) || '<![CDATA['.startsWith(opening)) return -1
  }
  let quoted = 0
  for (let at = start + 1; at < bytes.length; at++) {
    const byte = bytes[at]
    if (quoted !== 0) quoted = byte === quoted ? 0 : quoted
    else if (byte === greaterThan) return at + 1
    else if (byte === doubleQuote || byte === quote) quoted = byte
  }
  return -1
}

function after(bytes: Buffer, ending: string, from: number): number {
  const at = bytes.indexOf(ending, from, 'latin1')
  return at < 0 ? -1 : at + ending.length
}
