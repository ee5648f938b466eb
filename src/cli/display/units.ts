/** `1,234`. */
export const count = (number: number): string => number.toLocaleString('en')

/** `3 messages`, `1 message`. */
export const counted = (number: number, thing: string, plural = `${thing}s`): string => `${count(number)} ${number === 1 ? thing : plural}`

/** Bytes as megabytes (10^6), as the limits are given. */
export const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`

/** Milliseconds as what a person waits: `45 s`, `12 min`, `3 h 20 min`. */
export function duration(ms: number): string {
  const seconds = Math.round(ms / 1000)
  if (seconds < 90) return `${seconds} s`
  const minutes = Math.round(seconds / 60)
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
