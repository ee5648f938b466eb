import type { ErrorCode, ErrorParams } from '../errors.ts'

/** What a person reads: what happened to which thing and why, and what to do next. Plain text, full sentences. */
export interface ErrorText {
  readonly message: string
  readonly next: string
}

/** One entry for each code, so that the compiler finds the one without words. */
export type Words = { readonly [Code in ErrorCode]: (params: ErrorParams[Code]) => ErrorText }

export const quoted = (text: string): string => `“${text}”`

/** `“A”, “B” and 3 more`: names the first few, so that a line stays a line. */
export const listed = (names: readonly string[], most = 5): string => {
  if (names.length === 0) return 'none'
  const shown = names.slice(0, most).map(quoted)
  const rest = names.length - shown.length
  if (rest > 0) return `${shown.join(', ')} and ${rest} more`
  const last = shown.pop() ?? ''
  return shown.length === 0 ? last : `${shown.join(', ')} and ${last}`
}

export const count = (number: number, one: string, many = `${one}s`): string =>
  `${number.toLocaleString('en')} ${number === 1 ? one : many}`

/** Bytes in the unit a person would say: `999 bytes`, `12.5 MB` (10^6). */
export const bytes = (size: number): string => {
  if (size < 1000) return count(size, 'byte')
  const units = ['kB', 'MB', 'GB', 'TB']
  const power = Math.min(Math.floor(Math.log10(Number(size.toPrecision(4))) / 3), units.length)
  return `${(size / 1000 ** power).toFixed(1).replace(/\.0$/, '')} ${units[power - 1]}`
}

/** Milliseconds as seconds. */
export const seconds = (ms: number): string => count(Math.round(ms / 100) / 10, 'second')

/** What the server said in answer, at the end of a sentence; nothing where it said nothing. */
export const said = (response: string): string => {
  const text = response.trim()
  return text === '' ? '.' : `: ${/[.!?]$/.test(text) ? text : `${text}.`}`
}

/** Of delegated permissions for mail, those that reach others' mailboxes ("Mail.Read.Shared"). */
export function othersMail(needs: readonly string[]): string {
  const shared = needs.filter(name => name.endsWith('.Shared'))
  return (shared.length > 0 ? shared : ['Mail.Read.Shared', 'Mail.ReadWrite.Shared']).join(' / ')
}
