/* Node writes UTF-8 alone; these are the others that old mail is in. */

export type Charset = 'utf-8' | 'iso-8859-1' | 'windows-1252' | 'koi8-r' | 'iso-2022-jp'

const tables = new Map<string, ReadonlyMap<string, readonly number[]>>()

/** The text in a charset's bytes; what the charset hasn't becomes `?`. */
export function encode(text: string, charset: Charset): Buffer {
  if (charset === 'utf-8') return Buffer.from(text)
  if (charset === 'iso-2022-jp') return encodeJapanese(text)
  const table = tableOf(charset, singleBytes)
  return Buffer.from([...text].flatMap(character => table.get(character) ?? [0x3f]))
}

/** RFC 1468: ASCII, and JIS X 0208 between escape sequences; each line ends in ASCII. */
function encodeJapanese(text: string): Buffer {
  const table = tableOf('euc-jp', doubleBytes)
  const bytes: number[] = []
  let wide = false
  const switchTo = (toWide: boolean): void => {
    if (wide !== toWide) bytes.push(0x1b, ...(toWide ? [0x24, 0x42] : [0x28, 0x42]))
    wide = toWide
  }
  for (const character of text) {
    const pair = table.get(character)
    const code = character.codePointAt(0) ?? 0x3f
    switchTo(code >= 0x80 && pair !== undefined)
    if (code < 0x80) bytes.push(code)
    else bytes.push(...(pair?.map(byte => byte & 0x7f) ?? [0x3f]))
  }
  switchTo(false)
  return Buffer.from(bytes)
}

/** A charset's table turned round: what it decodes each of its byte sequences to. */
function tableOf(charset: string, sequences: () => Iterable<readonly number[]>): ReadonlyMap<string, readonly number[]> {
  const known = tables.get(charset)
  if (known !== undefined) return known
  const decoder = new TextDecoder(charset)
  const table = new Map<string, readonly number[]>()
  for (const bytes of sequences()) {
    const text = decoder.decode(Uint8Array.from(bytes))
    if (!text.includes('\uFFFD') && !table.has(text)) table.set(text, bytes)
  }
  tables.set(charset, table)
  return table
}

function* singleBytes(): Generator<readonly number[]> {
  for (let byte = 0; byte < 256; byte++) yield [byte]
}

function* doubleBytes(): Generator<readonly number[]> {
  for (let first = 0xa1; first < 0xff; first++) for (let second = 0xa1; second < 0xff; second++) yield [first, second]
}
