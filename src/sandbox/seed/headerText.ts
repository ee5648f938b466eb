import { type Charset, encode } from './charsets.ts'

const isPlain = (text: string): boolean => /^[\x20-\x7e]*$/.test(text)

/** A header's text in encoded words (RFC 2047) of at most 75 characters, folded between them; as it is where it is ASCII. */
export function encodedWords(text: string, charset: Charset, encoding: 'B' | 'Q'): string {
  if (isPlain(text)) return text
  // Pieces are cut between characters, and so that the longest encoding fits.
  const pieces = [...text].reduce<string[]>((cut, character) => {
    const last = cut.at(-1)
    if (last === undefined || encodedLength(last + character, charset, encoding) > 60 - charset.length) cut.push(character)
    else cut[cut.length - 1] = last + character
    return cut
  }, [])
  return pieces.map(piece => `=?${charset.toUpperCase()}?${encoding}?${encodedText(encode(piece, charset), encoding)}?=`).join('\r\n ')
}

const encodedText = (bytes: Buffer, encoding: 'B' | 'Q'): string => (encoding === 'B' ? bytes.toString('base64') : qEncoded(bytes))

const encodedLength = (text: string, charset: Charset, encoding: 'B' | 'Q'): number => encodedText(encode(text, charset), encoding).length

const qEncoded = (bytes: Buffer): string =>
  [...bytes]
    .map(byte => {
      const character = String.fromCharCode(byte)
      return /[A-Za-z0-9!*+/-]/.test(character) ? character : byte === 0x20 ? '_' : `=${hex(byte)}`
    })
    .join('')

/** UTF-7 (RFC 2152) in an encoded word, as a few programs sent and nothing should. */
export const utf7Word = (text: string): string =>
  `=?UTF-7?Q?${text.replace(/[^A-Za-z0-9 ]+/g, run => `+${Buffer.from(run, 'utf16le').swap16().toString('base64').replace(/=+$/, '')}-`).replaceAll(' ', '_')}?=`

/** A parameter of a MIME header; outside ASCII as RFC 2231 has it, in numbered pieces where it is long. */
export function parameter(name: string, value: string): string {
  if (isPlain(value)) return `; ${name}="${value}"`
  const bytes = [...Buffer.from(value)].map(byte => {
    const character = String.fromCharCode(byte)
    return /[A-Za-z0-9.-]/.test(character) ? character : `%${hex(byte)}`
  })
  if (bytes.join('').length <= 60) return `;\r\n ${name}*=utf-8''${bytes.join('')}`
  const pieces: string[] = []
  for (let at = 0; at < bytes.length; at += 18) pieces.push(bytes.slice(at, at + 18).join(''))
  return pieces.map((piece, index) => `;\r\n ${name}*${index}*=${index === 0 ? "utf-8''" : ''}${piece}`).join('')
}

const hex = (byte: number): string => byte.toString(16).toUpperCase().padStart(2, '0')
