/** A message's or part's header fields, in order, unfolded, values as they stand (not decoded). */
export type Headers = readonly { readonly name: string; readonly value: string }[]

export interface HeaderBlock {
  readonly headers: Headers
  /** Where the body begins. */
  readonly end: number
}

/**
 * Reads header fields from `start` to the first empty line. Lines that are none are passed over, as mail's readers do: mail is what it is. Text is
 * UTF-8 where it is valid as that, else Latin 1.
 */
export function readHeaders(bytes: Buffer, start: number, limit: number): HeaderBlock {
  const headers: { name: string; value: string }[] = []
  let at = start
  while (at < limit) {
    const newline = bytes.indexOf(0x0a, at)
    const end = newline === -1 || newline >= limit ? limit : newline
    const line = decode(bytes.subarray(at, bytes[end - 1] === 0x0d && end > at ? end - 1 : end))
    at = Math.min(end + 1, limit)
    if (line === '') break
    const last = headers.at(-1)
    if (/^[ \t]/.test(line)) {
      if (last) last.value += line.replace(/^[ \t]+/, ' ')
      continue
    }
    const colon = line.indexOf(':')
    if (colon > 0) headers.push({ name: line.slice(0, colon).trimEnd(), value: line.slice(colon + 1).trim() })
  }
  return { headers, end: at }
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

function decode(bytes: Buffer): string {
  try {
    return utf8.decode(bytes)
  } catch {
    return bytes.toString('latin1')
  }
}

/** The first field of this name. */
export const header = (headers: Headers, name: string): string | undefined =>
  headers.find(one => one.name.toLowerCase() === name.toLowerCase())?.value

const encodedWord = /=\?([^?*\s]+)(?:\*[^?]*)?\?([bq])\?([^?\s]*)\?=/gi

/** Decodes RFC 2047's encoded words; what can't be decoded stays as it is. Many mailers cut a character in two between words: they are joined first. */
export function decodeWords(text: string): string {
  const joined = text.replace(/(=\?[^?\s]+\?[bq]\?[^?\s]*\?=)\s+(?==\?[^?\s]+\?[bq]\?)/gi, '$1')
  return joined.replace(/(?:=\?[^?\s]+\?[bq]\?[^?\s]*\?=)+/gi, decodeRun)
}

function decodeRun(run: string): string {
  const pieces: { readonly charset: string; readonly bytes: Buffer[]; raw: string }[] = []
  for (const [raw, charset = '', encoding = '', data = ''] of run.matchAll(encodedWord)) {
    const bytes = encoding.toLowerCase() === 'b' ? Buffer.from(data, 'base64') : unescapeBytes(data.replace(/_/g, ' '), '=')
    const last = pieces.at(-1)
    if (last?.charset.toLowerCase() === charset.toLowerCase()) {
      last.bytes.push(bytes)
      last.raw += raw
    } else pieces.push({ charset, bytes: [bytes], raw })
  }
  return pieces.map(({ charset, bytes, raw }) => decodeText(Buffer.concat(bytes), charset) ?? raw).join('')
}

/** `=E4` or `%E4` → its byte. */
const unescapeBytes = (text: string, mark: '=' | '%'): Buffer =>
  Buffer.from(
    text.replace(mark === '=' ? /=([0-9a-f]{2})/gi : /%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  )

/** Undefined for a charset nobody knows. */
export function decodeText(bytes: Buffer, charset: string): string | undefined {
  try {
    return new TextDecoder(charset).decode(bytes)
  } catch {
    return undefined
  }
}

/** `text/plain; charset="x"` → the value in lower case, and its parameters. RFC 2231's continuations and charsets are joined and decoded. */
export function parseParameters(value: string): { readonly value: string; readonly parameters: ReadonlyMap<string, string> } {
  const parameters = new Map<string, string>()
  const [main = ''] = value.split(';')
  const pieces = new Map<string, string>()
  for (const match of value.slice(main.length).matchAll(/;\s*([^\s=;]+)\s*=\s*("(?:\\.|[^"\\])*"|[^;\s]*)/g)) {
    const [, name = '', raw = ''] = match
    const text = raw.startsWith('"') ? raw.slice(1, -1).replace(/\\(.)/g, '$1') : raw
    const [, base = name, , star] = /^([^*]+)(\*\d+)?(\*)?$/.exec(name.toLowerCase()) ?? []
    pieces.set(base, (pieces.get(base) ?? '') + (star ? extended(text) : text))
  }
  for (const [name, text] of pieces) parameters.set(name, decodeWords(text))
  return { value: main.trim().toLowerCase(), parameters }
}

function extended(text: string): string {
  const [, charset, , data = text] = /^([^']*)'([^']*)'(.*)$/.exec(text) ?? []
  const bytes = unescapeBytes(data, '%')
  return decodeText(bytes, charset || 'utf-8') ?? data
}

export interface Address {
  readonly name: string
  readonly address: string
}

/** `Name <a@b>, "x, y" <c@d>, (comment) e@f`; groups are opened. Anything else is taken for a name without an address. */
export function parseAddresses(value: string): Address[] {
  return splitList(value)
    .map(one =>
      one
        .replace(/^[^"<>@]*:/, '')
        .replace(/;\s*$/, '')
        .trim(),
    )
    .filter(one => one !== '')
    .map(one => {
      const [, name = '', angle] = /^([\s\S]*?)<([^<>]*)>[^<>]*$/.exec(one) ?? []
      if (angle !== undefined) return { name: plainName(name), address: angle.trim() }
      const bare = one.replace(/\([^()]*\)/g, '').trim()
      return /^\S+@\S+$/.test(bare) ? { name: '', address: bare } : { name: plainName(one), address: '' }
    })
}

const plainName = (name: string): string =>
  decodeWords(
    name
      .trim()
      .replace(/^"([\s\S]*)"$/, '$1')
      .replace(/\\(.)/g, '$1'),
  )

/** At commas outside of quotes, comments and angle brackets. */
function splitList(value: string): string[] {
  const parts: string[] = []
  let from = 0
  let quoted = false
  let depth = 0
  for (let at = 0; at < value.length; at++) {
    const one = value[at]
    if (one === '\\') at++
    else if (one === '"') quoted = !quoted
    else if (!quoted && (one === '(' || one === '<')) depth++
    else if (!quoted && (one === ')' || one === '>')) depth = Math.max(0, depth - 1)
    else if (!quoted && depth === 0 && one === ',') {
      parts.push(value.slice(from, at))
      from = at + 1
    }
  }
  return [...parts, value.slice(from)]
}
