import { wireNameOf } from '../names.ts'

/** A folder's name as a command's argument, quoted (RFC 3501 9 `astring`). Each character of the result is one byte. */
export function mailboxArgument(id: string, utf8: boolean): string {
  const bytes = Buffer.from(wireNameOf(id, utf8), 'utf8').toString('latin1')
  return `"${bytes.replace(/["\\]/g, '\\$&')}"`
}

/** A name as a response has it, quoted or not, without its quotes. */
export const unquoted = (name: string): string => (name.startsWith('"') ? name.slice(1, -1).replace(/\\(.)/gs, '$1') : name)
