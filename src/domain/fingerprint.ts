/** The headers a fingerprint is made of: who wrote what to whom when. No transport, list or client ever changes them; all may be missing. */
const fingerprintHeaders = ['Message-ID', 'Date', 'From', 'To', 'Cc', 'Subject', 'In-Reply-To', 'References'] as const

/** One character for each byte (ISO 8859-1), so that nothing is lost of 8-bit headers in whatever encoding. */
const perByte = (bytes: Uint8Array): string => {
  let text = ''
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192))
  return text
}

/**
 * Header fields in their order, unfolded (RFC 5322 section 2.2.3) up to the empty line before the body; any line end will do.
 * Lines that are no header field, an mbox `From ` line for instance, are left out with their continuation lines.
 */
function* fields(head: string): Generator<{ readonly name: string; readonly value: string }> {
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
const collapsed = (value: string): string => value.replace(/[\0-\x20\x7f]+/g, ' ').trim()

/**
 * The text whose hash is a message's fingerprint, by which *adopt* and a changed UIDVALIDITY recognise it. Nothing is decoded: equal text means
 * that the headers have equal bytes but for white space. A message without Message-ID is told apart by its received date as well, to the second:
 * taking two messages for one would lose one of them, the other mistake only copies it again.
 *
 * @param head the header section; the bytes, or a string with one character for each byte (`latin1`). What follows the empty line is ignored.
 * @param received milliseconds since the epoch (IMAP: INTERNALDATE).
 */
export const canonicalHeaders = (head: Uint8Array | string, received: number): string => {
  const found = new Map<string, string[]>(fingerprintHeaders.map(name => [name.toLowerCase(), []]))
  for (const { name, value } of fields(typeof head === 'string' ? head : perByte(head))) found.get(name)?.push(collapsed(value))
  const lines = [...found].flatMap(([name, values]) => values.map(value => `${name}:${value}`))
  const identified = found.get('message-id')?.some(value => value !== '') ?? false
  return [...lines, ...(identified ? [] : [`received:${Math.floor(received / 1000)}`])].join('\n')
}
