import { decodeText, type Headers, header, parseParameters, readHeaders } from './headers.ts'

/** A part of a message, by where it lies in its bytes. */
export interface Part {
  readonly headers: Headers
  /** E.g. `text/plain`. */
  readonly contentType: string
  readonly parameters: ReadonlyMap<string, string>
  readonly start: number
  readonly end: number
  readonly children: readonly Part[]
}

const deepest = 20

/** The structure of a message (RFC 2046), read without copying or decoding anything. A multipart without its boundary is one part. */
export function readParts(bytes: Buffer, from = 0, to = bytes.length, depth = 0): Part {
  const { headers, end: start } = readHeaders(bytes, from, to)
  const { value, parameters } = parseParameters(header(headers, 'Content-Type') ?? 'text/plain')
  const boundary = parameters.get('boundary')
  const children =
    value.startsWith('multipart/') && boundary && depth < deepest
      ? bodyRanges(bytes, start, to, boundary).map(([first, last]) => readParts(bytes, first, last, depth + 1))
      : []
  return { headers, contentType: value || 'text/plain', parameters, start, end: to, children }
}

function bodyRanges(bytes: Buffer, from: number, to: number, boundary: string): [number, number][] {
  const delimiter = Buffer.from(`--${boundary}`)
  const ranges: [number, number][] = []
  let open: number | undefined
  for (let at = bytes.indexOf(delimiter, from); at !== -1 && at < to; at = bytes.indexOf(delimiter, at + delimiter.length)) {
    if (at > from && bytes[at - 1] !== 0x0a) continue
    if (open !== undefined) ranges.push([open, Math.max(open, at - (bytes[at - 2] === 0x0d ? 2 : 1))])
    const after = at + delimiter.length
    if (bytes[after] === 0x2d && bytes[after + 1] === 0x2d) return ranges
    const line = bytes.indexOf(0x0a, after)
    open = line === -1 ? to : line + 1
  }
  // A message that was cut off has its last part to the end.
  if (open !== undefined && open < to) ranges.push([open, to])
  return ranges
}

export const leaves = (part: Part): Part[] => (part.children.length > 0 ? part.children.flatMap(leaves) : [part])

/** A part's content without its transfer encoding. */
export function decodePart(bytes: Buffer, part: Part): Buffer {
  const raw = bytes.subarray(part.start, part.end)
  const encoding = (header(part.headers, 'Content-Transfer-Encoding') ?? '').toLowerCase()
  if (encoding === 'base64') return Buffer.from(raw.toString('latin1'), 'base64')
  if (encoding === 'quoted-printable') return decodeQuotedPrintable(raw)
  return Buffer.from(raw)
}

/** Bytes after decoding, without decoding. */
export function decodedSize(part: Part): number {
  const length = part.end - part.start
  const isBase64 = (header(part.headers, 'Content-Transfer-Encoding') ?? '').toLowerCase() === 'base64'
  return isBase64 ? Math.floor((length * 57) / 78) : length
}

function decodeQuotedPrintable(raw: Buffer): Buffer {
  const text = raw
    .toString('latin1')
    .replace(/[ \t]*=[ \t]*\r?\n/g, '')
    .replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(text, 'latin1')
}

export const partText = (bytes: Buffer, part: Part): string => {
  const content = decodePart(bytes, part)
  return decodeText(content, part.parameters.get('charset') ?? 'utf-8') ?? content.toString('latin1')
}

/** Parts people see as attached files; a body is the first text that isn't marked as one. */
export function isAttachment(part: Part): boolean {
  const disposition = parseParameters(header(part.headers, 'Content-Disposition') ?? '')
  return disposition.value === 'attachment' || fileName(part) !== undefined || !part.contentType.startsWith('text/')
}

export const fileName = (part: Part): string | undefined =>
  parseParameters(header(part.headers, 'Content-Disposition') ?? '').parameters.get('filename') ?? part.parameters.get('name')
