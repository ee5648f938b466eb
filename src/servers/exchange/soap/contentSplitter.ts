import { type Base64Decoder, createBase64Decoder } from './base64Decoder.ts'

/** Takes apart what the splitter is given. All of it is called in the order of the bytes. */
export interface SplitSink {
  /** XML without the text of the content elements; cut anywhere, even within a character. */
  xml(bytes: Buffer): void
  /** The next decoded bytes of the content element whose start tag came last. */
  content(bytes: Buffer): void
}

const [lessThan, greaterThan, slash, bang, question, doubleQuote, quote, dash, bracket] = Buffer.from('<>/!?"\'-]')

/**
 * Takes the base64 out of an XML text before a parser sees it, so that a message of any size never becomes a string: the text of the elements
 * named `contents` (without their prefix) is decoded, all the rest is passed on. Knows of XML only how to tell a start tag from comments, CDATA
 * sections and processing instructions.
 */
export function createContentSplitter(contents: ReadonlySet<string>, sink: SplitSink): (chunk: Buffer) => void {
  let state: 'text' | 'markup' | 'content' = 'text'
  /** The first bytes of the markup, as far as they say what it is. */
  let head = ''
  let quoted = 0
  let [before, last] = [0, 0]
  let decoder: Base64Decoder | undefined

  return chunk => {
    let from = 0
    let at = 0
    while (at < chunk.length) {
      if (state !== 'markup') {
        const next = chunk.indexOf(lessThan ?? 0, at)
        const end = next < 0 ? chunk.length : next
        if (decoder) {
          const bytes = decoder.decode(chunk.subarray(at, end))
          if (bytes.length > 0) sink.content(bytes)
          from = end
        }
        if (next < 0) break
        decoder?.end()
        decoder = undefined
        state = 'markup'
        head = ''
        quoted = 0
        before = 0
        last = 0
        at = next + 1
        continue
      }
      const byte = chunk[at++] ?? 0
      if (!isEnd(byte)) continue
      state = 'text'
      if (!contents.has(startTagName())) continue
      sink.xml(chunk.subarray(from, at))
      from = at
      state = 'content'
      decoder = createBase64Decoder()
    }
    if (from < chunk.length) sink.xml(chunk.subarray(from))
  }

  /** Takes in one more byte of markup and tells whether it is its last. */
  function isEnd(byte: number): boolean {
    if (head.length < 64) head += String.fromCharCode(byte)
    if (quoted !== 0) {
      if (byte === quoted) quoted = 0
      return false
    }
    const ends = byte === greaterThan && closes()
    if ((byte === doubleQuote || byte === quote) && !isSection()) quoted = byte
    before = last
    last = byte
    return ends
  }

  /** Comments and CDATA sections, in which quotes mean nothing. */
  function isSection(): boolean {
    return head.startsWith('!--') || head.startsWith('![CDATA[')
  }

  function closes(): boolean {
    if (head.startsWith('!--')) return before === dash && last === dash && head.length > '!-->'.length
    if (head.startsWith('![CDATA[')) return before === bracket && last === bracket
    return !head.startsWith('?') || last === question
  }

  /** The local name of a start tag that has an end tag, else nothing. */
  function startTagName(): string {
    const first = head.charCodeAt(0)
    if (first === slash || first === bang || first === question || before === slash) return ''
    return /^(?:[^\s/>:]*:)?([^\s/>:]+)/.exec(head)?.[1] ?? ''
  }
}
