import { protocolError } from './protocolError.ts'

/** What a server's responses are made of (RFC 3501 2.2.2, 4.3): text up to a literal or to the line's end, then the literal's bytes. */
export interface SegmentSink {
  /**
   * A piece of one response, without CRLF and without the literal's marker. `literal` is the size of the literal that follows,
   * or -1 where the response ends here. The bytes are lent for the duration of the call.
   */
  segment(bytes: Buffer, start: number, end: number, literal: number): void
  /** The next bytes of the announced literal, as they came from the network; never copied, may be kept. */
  literal(bytes: Buffer): void
  literalEnd(): void
}

const lineFeed = 0x0a
const carriageReturn = 0x0d

/** Longest line taken, in bytes: no server needs more, and whoever sends more would fill the memory. */
const longestLine = 1 << 20

/** Largest literal taken: RFC 3501 has 32 bits. */
const largestLiteral = 2 ** 32

/**
 * Cuts the byte stream of a server into segments and literals, however the network cut it before.
 * Throws `server.protocol` on what can't be IMAP; the stream is lost then.
 */
export function createSegmenter(host: string, sink: SegmentSink): (chunk: Buffer) => void {
  let literalLeft = 0
  let held: Buffer[] = []
  let heldLength = 0
  let insideResponse = false

  const line = (bytes: Buffer, start: number, lineEnd: number) => {
    const end = lineEnd > start && bytes[lineEnd - 1] === carriageReturn ? lineEnd - 1 : lineEnd
    const open = end > start && bytes[end - 1] === 0x7d ? literalMarker(bytes, start, end, insideResponse) : -1
    if (open < 0) {
      insideResponse = false
      sink.segment(bytes, start, end, -1)
      return
    }
    const size = literalSize(bytes, open + 1, end)
    if (size >= largestLiteral) throw protocolError(host, `a literal of ${size} bytes`)
    insideResponse = true
    literalLeft = size
    sink.segment(bytes, start, open > start && bytes[open - 1] === 0x7e ? open - 1 : open, size)
    if (size === 0) sink.literalEnd()
  }

  const hold = (bytes: Buffer) => {
    held.push(bytes)
    heldLength += bytes.length
    if (heldLength > longestLine) throw protocolError(host, `a line longer than ${longestLine} bytes`)
  }

  return chunk => {
    const length = chunk.length
    let at = 0
    while (at < length) {
      if (literalLeft > 0) {
        const end = Math.min(length, at + literalLeft)
        literalLeft -= end - at
        sink.literal(at === 0 && end === length ? chunk : chunk.subarray(at, end))
        at = end
        if (literalLeft === 0) sink.literalEnd()
        continue
      }
      const feed = chunk.indexOf(lineFeed, at)
      if (feed < 0) return hold(chunk.subarray(at))
      if (heldLength > 0) {
        hold(chunk.subarray(at, feed))
        const whole = Buffer.concat(held, heldLength)
        held = []
        heldLength = 0
        line(whole, 0, whole.length)
      } else {
        line(chunk, at, feed)
      }
      at = feed + 1
    }
  }
}

/** Where the `{` of a literal's marker (`{n}`, `{n+}`, `~{n}`) stands at the end of a segment, or -1. */
function literalMarker(bytes: Buffer, start: number, end: number, insideResponse: boolean): number {
  if (!insideResponse && !mayHoldLiteral(bytes, start)) return -1
  let at = end - 2
  if (bytes[at] === 0x2b) at--
  const lastDigit = at
  while (at >= start && isDigit(bytes[at])) at--
  return at < lastDigit && at >= start && bytes[at] === 0x7b ? at : -1
}

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x30 && byte <= 0x39

/** Only untagged data carries literals; the human text of OK, NO, BAD, BYE and PREAUTH may end in `{12}` and means nothing by it. */
function mayHoldLiteral(bytes: Buffer, start: number): boolean {
  if (bytes[start] !== 0x2a) return false
  return !/^\* (?:OK|NO|BAD|BYE|PREAUTH)(?: |$)/i.test(bytes.toString('latin1', start, start + 10))
}

function literalSize(bytes: Buffer, from: number, end: number): number {
  let size = 0
  for (let at = from; at < end && isDigit(bytes[at]); at++) size = size * 10 + (bytes[at] ?? 0) - 0x30
  return size
}
