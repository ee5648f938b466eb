/** Decodes one part's body as it comes, piece by piece. Each piece is a line with its line end, one character for each byte. */
export interface TransferDecoder {
  decode(line: string): Buffer
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
      return { decode: line => Buffer.from(line, 'latin1'), end: () => nothing }
  }
}

function base64(): TransferDecoder {
  let left = ''
  return {
    decode(line) {
      const text = left + line.replace(/[^A-Za-z0-9+/]/g, '')
      const whole = text.length - (text.length % 4)
      left = text.slice(whole)
      return Buffer.from(text.slice(0, whole), 'base64')
    },
    end: () => Buffer.from(left, 'base64'),
  }
}

/** Spaces before a line end are the transport's (RFC 2045 section 6.7, rule 3); a lone `=` ends a line that goes on. */
function quotedPrintable(): TransferDecoder {
  return {
    decode(line) {
      const [, text = '', end = ''] = /^(.*?)[ \t]*(\r?\n)?$/s.exec(line) ?? []
      const soft = text.endsWith('=')
      const bytes = (soft ? text.slice(0, -1) : text).replace(/=([0-9a-f]{2})/gi, (_, hex: string) =>
        String.fromCharCode(Number.parseInt(hex, 16)),
      )
      return Buffer.from(soft ? bytes : bytes + end, 'latin1')
    },
    end: () => nothing,
  }
}
