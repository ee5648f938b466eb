import { createHash } from 'node:crypto'
import { encodeUtf7 } from './namesUtf7.ts'

/** What a folder's name on a target may consist of. */
export interface NameRules {
  readonly delimiter: string | undefined
  /**
   * `lenient` changes only what no server takes, and what would mean something else. `strict` is for a name that the server refused:
   * it keeps letters, digits and what even Courier and Cyrus let pass, and is shorter.
   */
  readonly manner: 'lenient' | 'strict'
}

/** Bytes a name may have in modified UTF-7: file systems end at 255, and `strict` leaves room for servers that store a whole path as one file name. */
const longest = { lenient: 255, strict: 60 }

/**
 * A folder's name as the target can take it: characters it can't have are written `=2F` (or `=u20AC` beyond Latin-1), as in
 * quoted-printable, and a name that is too long ends in `_` and a hash of the whole. The same name always gives the same result.
 */
export function escapeName(name: string, { delimiter, manner }: NameRules): string {
  if (name === '') return '=-'
  if (name === '=-') return '=3D-'
  // What a file system would read as this or the parent directory.
  if (/^\.{1,2}$/.test(name)) return name.replaceAll('.', code)
  const parts = delimiter === undefined ? [name] : name.split(delimiter)
  const escaped = parts.map(part => part.replace(manner === 'strict' ? unsafe : impossible, code)).join(code(delimiter ?? ''))
  return shortened(manner === 'strict' ? escaped.replace(/^ | $/g, code) : escaped, name, longest[manner])
}

/** The reverse of `escapeName`, for every name that was not too long. */
export function unescapeName(escaped: string): string {
  if (escaped === '=-') return ''
  return escaped.replace(/=(?:u([0-9A-F]{4})|([0-9A-F]{2}))/g, (_, wide?: string, narrow?: string) =>
    String.fromCharCode(Number.parseInt(wide ?? narrow ?? '', 16)),
  )
}

// In Unicode-aware patterns only a lone surrogate is one. An `=` is only in the way where it would be read as the beginning of an escape.
const impossible = /[\u0000-\u001f\p{Surrogate}]|=(?=u[0-9A-F]{4}|[0-9A-F]{2})/gu
const unsafe = /[^\p{L}\p{M}\p{N} ()+,_'&@=-]|=(?=u[0-9A-F]{4}|[0-9A-F]{2})/gu

const code = (chars: string): string =>
  Array.from({ length: chars.length }, (_, at) => {
    const unit = chars.charCodeAt(at)
    const hex = unit.toString(16).toUpperCase()
    return unit < 0x100 ? `=${hex.padStart(2, '0')}` : `=u${hex.padStart(4, '0')}`
  }).join('')

function shortened(escaped: string, name: string, limit: number): string {
  if (encodeUtf7(escaped).length <= limit) return escaped
  const ending = `_${createHash('sha256').update(name).digest('hex').slice(0, 8)}`
  const kept = [...escaped].slice(0, limit)
  while (encodeUtf7(kept.join('') + ending).length > limit) kept.pop()
  return kept.join('') + ending
}
