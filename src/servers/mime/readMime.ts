import { fieldsOf } from '../../domain/headers.ts'
import { parametersOf } from './parameters.ts'
import { type TransferDecoder, transferDecoder } from './transferDecoder.ts'

/** What a reader of a message is told, in the order of its bytes. */
export interface MimeSink {
  /** A message begins: the whole one, or one attached to it. `head`: its header section, one character for each byte. */
  message(head: string): void
  /** A part without parts of its own begins. */
  leaf(part: Part): void
  /** Decoded bytes of that part. */
  bytes(bytes: Buffer): void
  leafEnd(): void
  messageEnd(): void
}

/** What the header fields of a part say of it. */
export interface Part {
  /** In lower case, without parameters. */
  readonly type: string
  readonly parameters: ReadonlyMap<string, string>
  /** `inline` and `attachment` in lower case; whatever else it says is what it says. */
  readonly disposition: string | undefined
  /** Unfolded, by their names in lower case; the first of each. */
  readonly fields: ReadonlyMap<string, string>
  /** Type of the multipart that it is directly in. */
  readonly within: string | undefined
}

export interface MimeOptions {
  /** Attached messages are leaves, with the bytes they have, instead of being read themselves. */
  readonly keepMessages?: boolean
}

/** A multipart whose parts are being read, or an attached message (without a boundary of its own). */
interface Level {
  readonly boundary?: string
  readonly type?: string
  readonly isMessage: boolean
}

/** Header sections are read so far, and nested no deeper: what is beyond is no mail but an attack. */
const longestHead = 1 << 20
const deepest = 50
/** A longer line is taken in pieces; no boundary and no header that counts is as long. */
const longestLine = 1 << 16

/**
 * Reads a message's MIME structure (RFC 2046) as its bytes come, holding no more than a line and a header section. Forgiving like mail programs: bare LF
 * as line end, missing closing boundaries, damaged headers (then it is plain text).
 */
export function readMime(sink: MimeSink, { keepMessages = false }: MimeOptions = {}) {
  const levels: Level[] = []
  let state: 'head' | 'body' | 'between' = 'head'
  let head = ''
  let decoder: TransferDecoder | undefined
  /** The line end before a boundary belongs to it (RFC 2046 section 5.1.1), so each is held until the next line. */
  let heldEnd = ''
  let rest = ''
  let goesOn = false
  levels.push({ isMessage: true })
  let opensMessage = true

  const endLeaf = () => {
    if (decoder) {
      const last = decoder.end()
      if (last.length > 0) sink.bytes(last)
      sink.leafEnd()
    }
    decoder = undefined
    heldEnd = ''
  }
  const closeTo = (depth: number) => {
    while (levels.length > depth) if (levels.pop()?.isMessage) sink.messageEnd()
  }

  const headEnds = () => {
    const fields = new Map<string, string>()
    for (const { name, value } of fieldsOf(head)) if (!fields.has(name)) fields.set(name, value)
    if (opensMessage) sink.message(head)
    opensMessage = false
    head = ''
    const { type, parameters } = contentType(fields.get('content-type'))
    const boundary = parameters.get('boundary')
    const disposition = /^\s*([^\s;]+)/.exec(fields.get('content-disposition') ?? '')?.[1]?.toLowerCase()
    if (type.startsWith('multipart/') && boundary && levels.length < deepest) {
      levels.push({ boundary, type, isMessage: false })
      state = 'between'
    } else if (
      type === 'message/rfc822' &&
      !keepMessages &&
      levels.length < deepest &&
      !/base64|quoted/i.test(fields.get('content-transfer-encoding') ?? '')
    ) {
      levels.push({ isMessage: true })
      opensMessage = true
      state = 'head'
    } else {
      sink.leaf({ type, parameters, disposition, fields, within: levels.at(-1)?.type })
      decoder = transferDecoder(fields.get('content-transfer-encoding') ?? '')
      state = 'body'
    }
  }

  const isBoundary = (line: string): boolean => {
    if (!line.startsWith('--')) return false
    const text = line.slice(2).trimEnd()
    const depth = levels.findLastIndex(({ boundary }) => boundary !== undefined && (text === boundary || text === `${boundary}--`))
    if (depth < 0) return false
    if (state === 'head') headEnds()
    endLeaf()
    const closes = text === `${levels[depth]?.boundary}--`
    closeTo(closes ? depth : depth + 1)
    state = closes ? 'between' : 'head'
    head = ''
    return true
  }

  const take = (line: string) => {
    if (!goesOn && isBoundary(line)) return
    if (state === 'head') {
      if (/^\r?\n?$/.test(line) && !goesOn) headEnds()
      else if (head.length < longestHead) head += line
    } else if (state === 'body' && decoder) {
      const [, text = '', end = ''] = /^(.*?)(\r?\n)?$/s.exec(line) ?? []
      if (heldEnd !== '') sink.bytes(Buffer.from(heldEnd))
      const bytes = decoder.decode(text, end !== '')
      heldEnd = decoder.keepsEnd ? end : ''
      if (bytes.length > 0) sink.bytes(bytes)
    }
  }

  return {
    write(chunk: Buffer): void {
      rest += chunk.toString('latin1')
      let at = 0
      for (let end = rest.indexOf('\n', at); end >= 0; end = rest.indexOf('\n', at)) {
        take(rest.slice(at, end + 1))
        goesOn = false
        at = end + 1
      }
      rest = rest.slice(at)
      if (rest.length > longestLine) {
        take(rest)
        goesOn = true
        rest = ''
      }
    },
    end(): void {
      if (rest !== '') take(rest)
      if (state === 'head') headEnds()
      if (decoder && heldEnd !== '') sink.bytes(Buffer.from(heldEnd))
      endLeaf()
      closeTo(0)
    },
  }
}

/** RFC 2045 section 5; without one, or with a damaged one, a part is plain text (5.2). */
export function contentType(value = ''): { readonly type: string; readonly parameters: ReadonlyMap<string, string> } {
  const type = /^\s*([\w!#$&^.+-]+\/[\w!#$&^.+-]+)/.exec(value)?.[1]?.toLowerCase() ?? 'text/plain'
  return { type, parameters: parametersOf(value) }
}
