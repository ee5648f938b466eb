import { createFetchParser, type FetchSink } from './fetchParser.ts'
import { protocolError } from './protocolError.ts'
import type { SegmentSink } from './segmenter.ts'
import { parseStatus, type Status } from './status.ts'

export interface ResponseHandler {
  readonly fetch: FetchSink
  /** Untagged data other than FETCH: `EXISTS` with its number, `STATUS`, `LIST`, … `rest` is what follows the word; literals in it became quoted strings. */
  data(kind: string, number: number, rest: string): void
  /** Untagged OK, NO, BAD, BYE, PREAUTH. */
  note(status: Status): void
  tagged(tag: string, status: Status): void
  /** `+`: the server is ready for a literal. */
  ready(): void
}

/** Literals of anything but message content; names and search results are never this long. */
const largestHeld = 1 << 20

const star = 0x2a
const plus = 0x2b
const openParenthesis = 0x28

/** Puts segments together to responses (RFC 3501 7). Throws `server.protocol` on what is none. */
export function createResponseReader(host: string, handler: ResponseHandler): SegmentSink {
  const fetch = createFetchParser(host, handler.fetch)
  let state: 'between' | 'fetch' | 'data' = 'between'
  let text = ''
  let held: Buffer[] = []
  let heldLength = 0

  const complete = (response: string) => {
    const match = /^\* (?:(\d+) )?([^\s]+) ?(.*)$/s.exec(response)
    if (!match) throw protocolError(host, 'an untagged response without a name')
    handler.data((match[2] ?? '').toUpperCase(), Number(match[1] ?? 0), match[3] ?? '')
  }

  const first = (bytes: Buffer, start: number, end: number, literal: number) => {
    const initial = bytes[start]
    if (initial === star) {
      const content = fetchContent(bytes, start, end)
      if (content >= 0) {
        if (!fetch.begin(bytes, content, end, literal)) state = 'fetch'
        return
      }
      const line = bytes.toString('utf8', start, end)
      if (literal >= 0) {
        text = line
        state = 'data'
        return
      }
      const status = parseStatus(line.slice(2))
      if (status) handler.note(status)
      else complete(line)
      return
    }
    if (initial === plus) {
      handler.ready()
      return
    }
    if (start === end) return
    const line = bytes.toString('utf8', start, end)
    const blank = line.indexOf(' ')
    const status = blank > 0 ? parseStatus(line.slice(blank + 1)) : undefined
    if (!status) throw protocolError(host, 'a line that is no IMAP response')
    handler.tagged(line.slice(0, blank), status)
  }

  return {
    segment(bytes, start, end, literal) {
      if (state === 'between') {
        first(bytes, start, end, literal)
      } else if (state === 'fetch') {
        if (fetch.resume(bytes, start, end, literal)) state = 'between'
      } else {
        text += bytes.toString('utf8', start, end)
        if (literal >= 0) return
        state = 'between'
        complete(text)
      }
    },
    literal(bytes) {
      if (state === 'fetch') return fetch.literal(bytes)
      held.push(bytes)
      heldLength += bytes.length
      if (heldLength + text.length > largestHeld) throw protocolError(host, `more than ${largestHeld} bytes where a name was expected`)
    },
    literalEnd() {
      if (state !== 'data') return
      text += `"${Buffer.concat(held, heldLength).toString('utf8').replace(/["\\]/g, '\\$&')}"`
      held = []
      heldLength = 0
    },
  }
}

/** Where the items of `* 12 FETCH (` begin, or -1 for any other response. */
function fetchContent(bytes: Buffer, start: number, end: number): number {
  let at = start + 2
  const digits = at
  while (at < end && isDigit(bytes[at])) at++
  if (at === digits || at + 7 >= end || bytes[at + 7] !== openParenthesis) return -1
  for (let index = 0; index < 7; index++) {
    const byte = bytes[at + index] ?? 0
    if ((byte >= 0x61 && byte <= 0x7a ? byte - 0x20 : byte) !== ' FETCH '.charCodeAt(index)) return -1
  }
  return at + 8
}

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x30 && byte <= 0x39
