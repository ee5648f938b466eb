import { rememberingFlags } from './flags.ts'
import { parseInternalDate } from './internalDate.ts'
import { protocolError } from './protocolError.ts'

/** What one FETCH response told; the object is used anew for the next one. */
export interface FetchFields {
  /** 0 where the server didn't tell: an unsolicited change of flags. */
  uid: number
  flags: readonly string[] | undefined
  /** Milliseconds since the epoch; NaN where it didn't come or was no date. */
  received: number
  /** RFC822.SIZE in bytes; -1 where it didn't come. */
  size: number
  /** As text: it has 63 bits. */
  modseq: string | undefined
  /** Whether BODY[…] came, or came as NIL: the server has the message and can't give it. */
  body: 'absent' | 'given' | 'nil'
}

/** Takes FETCH responses. One with `bodyStart` is for those with a message's content, one without for those without. */
export interface FetchSink {
  /** Whether it asked for this message. Servers work at several commands at a time, so the oldest need not be the one that is being answered. */
  wants?(uid: number): boolean
  /** Whether it has all it asked for, though the answer isn't there yet. */
  isComplete?(): boolean
  /** The content of BODY[…] begins: `size` bytes. `uid` is 0 where the server tells it after the content. */
  bodyStart?(size: number, uid: number): void
  /** The next bytes as they came from the network; they may be kept. */
  bodyChunk?(bytes: Buffer): void
  /** The response is complete. */
  fetched(fields: FetchFields): void
}

export interface FetchParser {
  /** Begins a response behind its `(`; tells whether it is complete. `literal` as in `SegmentSink`. */
  begin(bytes: Buffer, start: number, end: number, literal: number): boolean
  /** Goes on behind a literal. */
  resume(bytes: Buffer, start: number, end: number, literal: number): boolean
  literal(bytes: Buffer): void
}

const space = 0x20
const quote = 0x22
const open = 0x28
const close = 0x29
const openBracket = 0x5b
const closeBracket = 0x5d
const backslash = 0x5c

type Item = 'uid' | 'flags' | 'received' | 'size' | 'modseq' | 'body' | 'other'

/**
 * Reads FETCH responses (RFC 3501 7.4.2, `msg-att`): items in any order, values as numbers, lists, quoted strings, NIL or literals.
 * Items nobody asked for are skipped by their parentheses.
 */
export function createFetchParser(host: string, sink: FetchSink): FetchParser {
  const fields: FetchFields = { uid: 0, flags: undefined, received: Number.NaN, size: -1, modseq: undefined, body: 'absent' }
  const parseFlags = rememberingFlags()
  /** Parentheses open inside a value that is skipped. */
  let depth = 0
  let inBody = false

  const fail = (detail: string) => protocolError(host, `FETCH: ${detail}`)

  const parse = (bytes: Buffer, start: number, end: number, literal: number): boolean => {
    let at = start
    for (;;) {
      if (depth > 0) at = skipList(bytes, at, end)
      while (at < end && bytes[at] === space) at++
      if (at >= end) {
        if (depth > 0 && literal >= 0) return false
        throw fail('it ends too early')
      }
      if (bytes[at] === close) {
        sink.fetched(fields)
        return true
      }
      const nameEnd = endOfName(bytes, at, end)
      const item = itemNamed(bytes, at, nameEnd)
      at = nameEnd
      while (at < end && bytes[at] === space) at++
      if (at >= end) {
        if (literal < 0) throw fail('an item without a value')
        inBody = item === 'body'
        if (inBody) startBody(literal)
        return false
      }
      at = value(item, bytes, at, end)
    }
  }

  const startBody = (size: number) => {
    fields.body = 'given'
    sink.bodyStart?.(size, fields.uid)
  }

  const value = (item: Item, bytes: Buffer, at: number, end: number): number => {
    const first = bytes[at]
    if (first === open) {
      if (item === 'flags' || item === 'modseq') {
        const closing = bytes.indexOf(close, at)
        if (closing < 0 || closing >= end) throw fail('a list without an end')
        const text = bytes.toString('latin1', at + 1, closing)
        if (item === 'flags') fields.flags = parseFlags(text)
        else fields.modseq = text
        return closing + 1
      }
      depth = 1
      return at + 1
    }
    if (first === quote) {
      const closing = endOfQuoted(bytes, at, end)
      if (item === 'received') {
        fields.received = parseInternalDate(bytes.toString('latin1', at + 1, closing - 1))
      } else if (item === 'body') {
        const content = unquote(bytes, at + 1, closing - 1)
        startBody(content.length)
        if (content.length > 0) sink.bodyChunk?.(content)
      }
      return closing
    }
    const atomEnd = endOfAtom(bytes, at, end)
    if (item === 'uid') fields.uid = numberIn(bytes, at, atomEnd)
    else if (item === 'size') fields.size = numberIn(bytes, at, atomEnd)
    else if (item === 'body' && fields.body === 'absent') fields.body = 'nil'
    return atomEnd
  }

  const skipList = (bytes: Buffer, start: number, end: number): number => {
    let at = start
    while (at < end && depth > 0) {
      const byte = bytes[at]
      if (byte === quote) {
        at = endOfQuoted(bytes, at, end)
        continue
      }
      if (byte === open) depth++
      else if (byte === close) depth--
      at++
    }
    return at
  }

  const endOfQuoted = (bytes: Buffer, start: number, end: number): number => {
    for (let at = start + 1; at < end; at++) {
      if (bytes[at] === backslash) at++
      else if (bytes[at] === quote) return at + 1
    }
    throw fail('a quoted string without an end')
  }

  const numberIn = (bytes: Buffer, start: number, end: number): number => {
    if (start === end) throw fail('a number expected')
    let value = 0
    for (let at = start; at < end; at++) {
      const digit = (bytes[at] ?? 0) - 0x30
      if (digit < 0 || digit > 9) throw fail('a number expected')
      value = value * 10 + digit
    }
    return value
  }

  return {
    begin(bytes, start, end, literal) {
      fields.uid = 0
      fields.flags = undefined
      fields.received = Number.NaN
      fields.size = -1
      fields.modseq = undefined
      fields.body = 'absent'
      depth = 0
      inBody = false
      return parse(bytes, start, end, literal)
    },
    resume(bytes, start, end, literal) {
      inBody = false
      return parse(bytes, start, end, literal)
    },
    literal(bytes) {
      if (inBody) sink.bodyChunk?.(bytes)
    },
  }
}

/** `BODY[HEADER.FIELDS (SUBJECT)]<0>` is one name, blanks and parentheses inside the brackets included. */
function endOfName(bytes: Buffer, start: number, end: number): number {
  let bracket = false
  for (let at = start; at < end; at++) {
    const byte = bytes[at]
    if (byte === openBracket) bracket = true
    else if (byte === closeBracket) bracket = false
    else if (!bracket && (byte === space || byte === close || byte === open)) return at
  }
  return end
}

function endOfAtom(bytes: Buffer, start: number, end: number): number {
  let at = start
  while (at < end && bytes[at] !== space && bytes[at] !== close) at++
  return at
}

/** The names are told apart by length and initial, the few candidates then compared in full; a migration reads millions of them. */
function itemNamed(bytes: Buffer, start: number, end: number): Item {
  const initial = (bytes[start] ?? 0) & ~0x20
  switch (end - start) {
    case 3:
      return initial === 0x55 && isName(bytes, start, end, 'UID') ? 'uid' : 'other'
    case 5:
      return initial === 0x46 && isName(bytes, start, end, 'FLAGS') ? 'flags' : 'other'
    case 6:
      if (initial === 0x42 && isName(bytes, start, end, 'BODY[]')) return 'body'
      if (initial === 0x4d && isName(bytes, start, end, 'MODSEQ')) return 'modseq'
      return initial === 0x52 && isName(bytes, start, end, 'RFC822') ? 'body' : 'other'
    case 11:
      return initial === 0x52 && isName(bytes, start, end, 'RFC822.SIZE') ? 'size' : 'other'
    case 12:
      if (initial === 0x49 && isName(bytes, start, end, 'INTERNALDATE')) return 'received'
      return initial === 0x42 && isName(bytes, start, end, 'BODY[HEADER]') ? 'body' : 'other'
    default:
      return initial === 0x42 && /^(?:BODY|BINARY)\[/i.test(bytes.toString('latin1', start, end)) ? 'body' : 'other'
  }
}

function isName(bytes: Buffer, start: number, end: number, name: string): boolean {
  for (let at = start; at < end; at++) {
    const byte = bytes[at] ?? 0
    const upper = byte >= 0x61 && byte <= 0x7a ? byte - 0x20 : byte
    if (upper !== name.charCodeAt(at - start)) return false
  }
  return true
}

function unquote(bytes: Buffer, start: number, end: number): Buffer {
  const content = Buffer.allocUnsafe(end - start)
  let length = 0
  for (let at = start; at < end; at++) {
    if (bytes[at] === backslash) at++
    content[length++] = bytes[at] ?? 0
  }
  return content.subarray(0, length)
}
