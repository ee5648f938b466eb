/** RFC 3501's `atom`, of ASCII characters only as it says. */
const atom = /^[^\s(){%*"\\\]\u0000-\u001f\u007f-\uffff]+$/

/** Begins a keyword that stands for a text which is no atom; then each byte of its UTF-8 that can't stand in one is `=` and two hexadecimal digits. */
const mark = '='

/** Dovecot's longest keyword, the shortest limit of the well-known servers. One that is refused would cost a message all its keywords. */
const longest = 50

const encode = (text: string): string =>
  mark +
  Array.from(Buffer.from(text, 'utf8'), byte => {
    const char = String.fromCharCode(byte)
    return byte < 0x80 && char !== mark && atom.test(char) ? char : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`
  }).join('')

/**
 * A keyword as it can be written: itself where it is an atom, else its reversible stand-in (an Exchange category `Red Category` is `=Red=20Category`).
 * Undefined where that would be too long.
 */
export function keywordOnWire(keyword: string): string | undefined {
  if (atom.test(keyword) && !keyword.startsWith(mark)) return keyword
  // An atom that reads like a stand-in needs one itself, or it would come back as another text.
  if (atom.test(keyword) && keywordFromWire(keyword) === keyword) return keyword
  const encoded = encode(keyword)
  return encoded.length <= longest ? encoded : undefined
}

/** The keyword that a server's atom stands for. Only what `keywordOnWire` would have written so is taken for a stand-in. */
export function keywordFromWire(word: string): string {
  if (!word.startsWith(mark)) return word
  const bytes = word.slice(1).replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  const text = Buffer.from(bytes, 'latin1').toString('utf8')
  const needsMark = !atom.test(text) || text.startsWith(mark)
  return needsMark && encode(text).toUpperCase() === word.toUpperCase() ? text : word
}
