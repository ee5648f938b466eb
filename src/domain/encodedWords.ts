/** Bytes in a charset as text; an unknown charset is read as if it were Windows-1252, as mail programs do. */
export const decodeText = (bytes: Uint8Array, charset: string): string => {
  try {
    return new TextDecoder(charset.trim() || 'us-ascii').decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

const asBytes = (perByte: string): Uint8Array => Uint8Array.from(perByte, char => char.charCodeAt(0) & 0xff)

const quotedPrintable = (text: string): string =>
  text.replaceAll('_', ' ').replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))

const base64 = (text: string): string | undefined => {
  try {
    return atob(text.replace(/[^a-z0-9+/]/gi, ''))
  } catch {
    return undefined
  }
}

/** RFC 2047 section 2, with RFC 2231's language tag. */
const word = /=\?([^?*\s]+)(?:\*[^?\s]*)?\?([bq])\?([^?]*)\?=/gi

/**
 * A header's value as a person reads it: encoded words decoded (RFC 2047), the white space between two of them left out, raw bytes taken for UTF-8
 * where they are that. Adjacent words of one charset are decoded together, for senders split characters between them.
 *
 * @param value one character for each byte.
 */
export const decodeWords = (value: string): string => {
  let text = ''
  let end = 0
  let open: { charset: string; bytes: string } | undefined
  const close = () => {
    if (open) text += decodeText(asBytes(open.bytes), open.charset)
    open = undefined
  }
  for (const match of value.matchAll(word)) {
    const [whole, charset = '', encoding = '', payload = ''] = match
    const between = value.slice(end, match.index)
    const bytes = encoding.toLowerCase() === 'b' ? base64(payload) : quotedPrintable(payload)
    if (bytes === undefined) continue
    const joined = open !== undefined && /^\s*$/.test(between)
    if (!joined) {
      close()
      text += raw(between)
    }
    if (open && open.charset === charset.toLowerCase()) open.bytes += bytes
    else {
      close()
      open = { charset: charset.toLowerCase(), bytes }
    }
    end = match.index + whole.length
  }
  close()
  return text + raw(value.slice(end))
}

/** Headers may hold raw UTF-8 (RFC 6532); what isn't UTF-8 stays as it is, a character for each byte. */
const raw = (bytes: string): string => {
  if (/^[\x00-\x7f]*$/.test(bytes)) return bytes
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(asBytes(bytes))
  } catch {
    return bytes
  }
}
