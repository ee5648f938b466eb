/** Decodes base64 that comes in pieces of any length; white space between its characters is ignored (RFC 4648 section 3.3, XML Schema's base64Binary). */
export interface Base64Decoder {
  /** The bytes that are complete with this piece; none where it only begins a group of four. Throws a `SyntaxError` where it is no base64. */
  decode(piece: Buffer): Buffer
  /** To be called at the end, where a group must not be incomplete. */
  end(): void
}

/** Characters decoded at once: strings this short die young, longer ones pile up until the whole heap is collected. */
const slice = 16_384

export function createBase64Decoder(): Base64Decoder {
  let carried = ''
  let padded = false

  /** Decodes what is complete with some characters into `out` from `at` on; answers how many bytes that were. */
  const take = (characters: string, out: Buffer, at: number): number => {
    let text = carried + characters
    if (/\s/.test(text)) text = text.replace(/\s+/g, '')
    const whole = text.length - (text.length % 4)
    carried = text.slice(whole)
    if (whole === 0) return 0
    if (padded) throw malformed()
    const groups = carried === '' ? text : text.slice(0, whole)
    const bytes = out.write(groups, at, 'base64')
    const padding = groups.endsWith('==') ? 2 : groups.endsWith('=') ? 1 : 0
    padded = padding > 0
    // Node skips what is no base64, so a character too many shows in the length.
    if (bytes !== (whole / 4) * 3 - padding) throw malformed()
    return bytes
  }
  return {
    decode(piece) {
      const out = Buffer.allocUnsafe(Math.ceil((carried.length + piece.length) / 4) * 3)
      let length = 0
      for (let at = 0; at < piece.length; at += slice) length += take(piece.toString('latin1', at, at + slice), out, length)
      return out.subarray(0, length)
    },
    end() {
      if (carried !== '') throw malformed()
    },
  }
}

const malformed = (): SyntaxError => new SyntaxError('malformed base64')
