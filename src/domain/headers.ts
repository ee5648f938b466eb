/** One character for each byte (ISO 8859-1), so that nothing is lost of 8-bit headers in whatever encoding. */
export const perByte = (bytes: Uint8Array): string => {
  let text = ''
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192))
  return text
}

export interface HeaderField {
  /** Lower case. */
  readonly name: string
  /** Unfolded. */
  readonly value: string
}

/**
 * Header fields in their order, unfolded (RFC 5322 section 2.2.3) up to the empty line before the body; any line end will do.
 * Lines that are no header field, an mbox `From ` line for instance, are left out with their continuation lines.
 */
export function* fieldsOf(head: string): Generator<HeaderField> {
  let name: string | undefined
  let value = ''
  for (const line of head.split(/\r\n|\n|\r/)) {
    if (line === '') break
    if (/^[ \t]/.test(line)) {
      value += line
      continue
    }
    if (name !== undefined) yield { name, value }
    const field = /^([\x21-\x39\x3b-\x7e]+)[ \t]*:(.*)$/s.exec(line)
    name = field?.[1]?.toLowerCase()
    value = field?.[2] ?? ''
  }
  if (name !== undefined) yield { name, value }
}

/** Servers fold anew and drop control characters; neither may make another message of it. */
export const collapsed = (value: string): string => value.replace(/[\0-\x20\x7f]+/g, ' ').trim()

/** The moment a `Date` field names, in whole seconds since the epoch; undefined where it names none. Comments are left out (RFC 5322 section 3.3). */
export const dateSeconds = (value: string): number | undefined => {
  const ms = Date.parse(collapsed(value.replace(/\([^()]*\)/g, ' ')))
  return Number.isNaN(ms) ? undefined : Math.floor(ms / 1000)
}
