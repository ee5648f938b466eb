/** `1,234`. */
export const count = (number: number): string => number.toLocaleString('en')

/** `3 messages`, `1 message`. */
export const counted = (number: number, thing: string, plural = `${thing}s`): string => `${count(number)} ${number === 1 ? thing : plural}`

/** Bytes in the unit a person would say: `12 kB`, `3.4 MB` (10^6), `1.2 GB`. */
export function amount(bytes: number): string {
  const [size, unit] = bytes < 1e6 ? [bytes / 1e3, 'kB'] : bytes < 1e9 ? [bytes / 1e6, 'MB'] : [bytes / 1e9, 'GB']
  return `${size.toFixed(size < 10 ? 1 : 0)} ${unit}`
}

/** A moment of the ledger's, ISO 8601 in UTC, to the minute: `2026-03-01 09:30 UTC`. */
export const moment = (iso: string): string => `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`

/** Milliseconds as what a person waits: `45 s`, `12 min`, `3 h 20 min`. */
export function duration(ms: number): string {
  const seconds = Math.round(ms / 1000)
  if (seconds < 90) return `${seconds} s`
  const minutes = Math.round(seconds / 60)
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
