/** Decodes one part's body as it comes, one character for each byte: a line without its end at a time, or a piece of one too long to be held. */
export interface TransferDecoder {
  /** `ends`: the line ends here. */
  decode(text: string, ends: boolean): Buffer
  /** Whether the end of the line that was decoded last belongs to the content. */
  readonly keepsEnd: boolean
  end(): Buffer
}

const nothing = Buffer.alloc(0)

/** The decoder of a Content-Transfer-Encoding (RFC 2045 section 6); an unknown one leaves the bytes as they are. */
export function transferDecoder(encoding: string): TransferDecoder {
  switch (encoding.trim().toLowerCase()) {
    case 'base64':
      return base64()
    case 'quoted-printable':
      return quotedPrintable()
    default:
      return { decode: text => Buffer.from(text, 'latin1'), keepsEnd: true, end: () => nothing }
  }
}

function base64(): TransferDecoder {
  let left = ''
  return {
    decode(text) {
      const all = left + text.replace(/[^A-Za-z0-9+/]/g, '')
      const whole = all.length - (all.length % 4)
      left = all.slice(whole)
      return Buffer.from(all.slice(0, whole), 'base64')
    },
    keepsEnd: false,
    end: () => Buffer.from(left, 'base64'),
  }
}

/** Spaces before a line end are the transport's (RFC 2045 section 6.7, rule 3); a lone `=` ends a line that goes on (rule 5). */
function quotedPrintable(): TransferDecoder {
  let left = ''
  let soft = false
  const bytesOf = (text: string): Buffer =>
    Buffer.from(
      text.replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
      'latin1',
    )
  return {
    decode(text, ends) {
      const all = left + text
      // What the next piece may go on with.
      left = ends ? '' : (/(?:=[0-9a-f]?|[ \t]+)$/i.exec(all)?.[0] ?? '')
      const line = ends ? all.replace(/[ \t]+$/, '') : all.slice(0, all.length - left.length)
      soft = ends && line.endsWith('=')
      return bytesOf(soft ? line.slice(0, -1) : line)
    },
    get keepsEnd() {
      return !soft
    },
    end: () => bytesOf(left),
  }
}
