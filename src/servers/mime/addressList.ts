import { decodeWords } from '../../domain/encodedWords.ts'
import { collapsed } from '../../domain/headers.ts'

export interface Address {
  /** As a person reads it; empty where there is none. */
  readonly name: string
  /** Empty for a group without members, and for what is no address. */
  readonly address: string
}

/**
 * The addresses of a field (RFC 5322 section 3.4), forgiving like mail programs: groups are their members, comments are names where there is no other,
 * and what can't be understood is a name without an address rather than nothing.
 *
 * @param value unfolded, one character for each byte.
 */
export function addressList(value: string): Address[] {
  return joined(split(value)).flatMap(({ text, comments }): Address[] => {
    const [, phrase = '', angled] = /^([^<]*)<([^>]*)>?/s.exec(text) ?? []
    if (angled !== undefined) {
      const address = angled.replace(/^@[^:]*:/, '').replace(/\s+/g, '')
      return [{ name: readable(phrase) || readable(comments), address: address.includes('@') ? address : '' }]
    }
    const plain = collapsed(text)
    if (plain === '') return []
    const isAddress = /^[^\s@]+@[^\s@]+$/.test(plain) || /^"(?:\\.|[^"\\])*"@[^\s@]+$/.test(plain)
    return [isAddress ? { name: readable(comments), address: plain } : { name: readable(plain), address: '' }]
  })
}

const readable = (phrase: string): string =>
  collapsed(decodeWords(collapsed(phrase).replace(/"((?:\\.|[^"\\])*)"/g, (_, inner: string) => inner.replace(/\\(.)/g, '$1'))))

interface Piece {
  readonly text: string
  readonly comments: string
  /** What it ended with. */
  readonly comma: boolean
}

/**
 * A name with a comma that nobody put into quotes, `Weiß, Anna <anna@example.org>`, is one name, as mail programs have it: taken for two, the address would no longer
 * be the first one's.
 */
function joined(pieces: readonly Piece[]): Piece[] {
  const list: Piece[] = []
  for (const piece of pieces) {
    const before = list.at(-1)
    const isRest =
      before?.comma === true && !/[@<"]/.test(before.text) && before.text.trim() !== '' && /^[^"<]*\S[^"<]*<[^>]*@/.test(piece.text)
    if (isRest) list.pop()
    list.push(
      isRest ? { ...piece, text: `${before.text.trim()}, ${piece.text.trim()}`, comments: `${before.comments}${piece.comments}` } : piece,
    )
  }
  return list
}

/** Cuts at commas and semicolons, and leaves out groups' names: neither within quotes, comments nor angles. */
function split(value: string): Piece[] {
  const pieces: Piece[] = []
  let text = ''
  let comments = ''
  let depth = 0
  let quoted = false
  let angled = false
  const end = (comma: boolean) => {
    pieces.push({ text, comments, comma })
    text = ''
    comments = ''
  }
  for (let at = 0; at < value.length; at++) {
    const char = value[at] ?? ''
    const escaped = char === '\\' && (quoted || depth > 0) ? (value[at + 1] ?? '') : undefined
    if (escaped !== undefined) {
      at++
      if (depth > 0) comments += escaped
      else text += char + escaped
    } else if (depth > 0) {
      depth += char === '(' ? 1 : char === ')' ? -1 : 0
      if (depth > 0) comments += char
    } else if (char === '"') {
      quoted = !quoted
      text += char
    } else if (quoted) text += char
    else if (char === '(') depth++
    else if (char === '<' || char === '>') {
      angled = char === '<'
      text += char
    } else if (angled) text += char
    else if (char === ':') text = ''
    else if (char === ',' || char === ';') end(char === ',')
    else text += char
  }
  end(false)
  return pieces
}
