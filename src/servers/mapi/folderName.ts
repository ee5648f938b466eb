import { isWritable } from '../exchange/soap/xml.ts'

/** Characters a display name may have (PidTagDisplayName of a folder). */
const longest = 255

const code = (chars: string): string =>
  Array.from({ length: chars.length }, (_, at) => `=u${chars.charCodeAt(at).toString(16).toUpperCase().padStart(4, '0')}`).join('')

/**
 * Names of folders as Exchange takes them: nearly any text, `/` and `\` included. What XML can't carry, white space at the ends (which
 * Exchange cuts off) and an empty name are written as escapes, which reading turns back.
 */
export const folderName = {
  /** Undefined where the name is too long. */
  write(name: string): string | undefined {
    if (name === '') return '=-'
    if (name === '=-') return '=u003D-'
    const escaped = name
      .replace(/=(?=u[0-9A-F]{4})/g, code)
      .replace(/^\s+|\s+$/g, code)
      .replace(/./gsu, char => (isWritable(char) ? char : code(char)))
    return escaped.length > longest ? undefined : escaped
  },
  read(escaped: string): string {
    if (escaped === '=-') return ''
    return escaped.replace(/=u([0-9A-F]{4})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  },
}
