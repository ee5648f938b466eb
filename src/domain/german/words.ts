import { inGerman } from './phrases.ts'

export const quoted = (text: string): string => `„${text}“`

/** `„A“, „B“ und 3 weitere`: nennt die ersten, damit eine Zeile eine Zeile bleibt. */
export const listed = (names: readonly string[], most = 5): string => {
  if (names.length === 0) return 'keine'
  const shown = names.slice(0, most).map(quoted)
  const rest = names.length - shown.length
  if (rest > 0) return `${shown.join(', ')} und ${rest} weitere`
  const last = shown.pop() ?? ''
  return shown.length === 0 ? last : `${shown.join(', ')} und ${last}`
}

export const number = (value: number): string => value.toLocaleString('de')

export const count = (value: number, one: string, many: string): string => `${number(value)} ${value === 1 ? one : many}`

/** Bytes in the unit a person would say: `999 Byte`, `12,5 MB` (10^6). */
export const bytes = (size: number): string => {
  if (size < 1000) return `${number(size)} Byte`
  const units = ['kB', 'MB', 'GB', 'TB']
  const power = Math.min(Math.floor(Math.log10(Number(size.toPrecision(4))) / 3), units.length)
  return `${(size / 1000 ** power).toLocaleString('de', { maximumFractionDigits: 1 })} ${units[power - 1]}`
}

/** Milliseconds as seconds. */
export const seconds = (ms: number): string => count(Math.round(ms / 100) / 10, 'Sekunde', 'Sekunden')

/** What the server or the system said, as it said it, at the end of a sentence. */
export const said = (response: string): string => {
  const text = response.trim()
  return text === '' ? '.' : `: ${/[.!?]$/.test(text) ? text : `${text}.`}`
}

/** A reason of ours, at the end of a sentence. */
export const saidByUs = (reason: string): string => said(inGerman('reasons', reason))
