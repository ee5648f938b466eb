/** Decodes base64 that comes in pieces of any length; white space between its characters is ignored (RFC 4648 section 3.3, XML Schema's base64Binary). */
export interface Base64Decoder {
  /** The bytes that are complete with this piece; none where it only begins a group of four. Throws a `SyntaxError` where it is no base64. */
  decode(piece: Buffer): Buffer
  /** To be called at the end, where a group must not be incomplete. */
  end(): void
}

export function createBase64Decoder(): Base64Decoder {
  let carried = ''
  let padded = false
  return {
    decode(piece) {
      let text = carried + piece.toString('latin1')
      if (/\s/.test(text)) text = text.replace(/\s+/g, '')
      const whole = text.length - (text.length % 4)
      carried = text.slice(whole)
      if (whole === 0) return empty
      if (padded) throw malformed()
      const groups = carried === '' ? text : text.slice(0, whole)
      const bytes = Buffer.from(groups, 'base64')
      const padding = groups.endsWith('==') ? 2 : groups.endsWith('=') ? 1 : 0
      padded = padding > 0
      // Node skips what is no base64, so a character too many shows in the length.
      if (bytes.length !== (whole / 4) * 3 - padding) throw malformed()
      return bytes
    },
    end() {
      if (carried !== '') throw malformed()
    },
  }
}

const empty = Buffer.alloc(0)
const malformed = (): SyntaxError => new SyntaxError('malformed base64')
