const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const monthNumber = new Map(months.map((name, index) => [name.toLowerCase(), index]))

/** INTERNALDATE (RFC 3501 9 `date-time`), quotes left out: `17-Jul-1996 02:44:25 -0700`, days below ten padded by a space or not. */
const form = /^ ?(\d{1,2})-([a-z]{3})-(\d{4}) (\d{2}):(\d{2}):(\d{2})(?: ([+-])(\d{2})(\d{2}))?/i

/** Milliseconds since the epoch, or NaN where it is no date. Without an offset it is taken as UTC. */
export function parseInternalDate(text: string): number {
  const match = form.exec(text)
  if (!match) return Number.NaN
  const [, day, month = '', year, hour, minute, second, sign, offsetHours = 0, offsetMinutes = 0] = match
  const index = monthNumber.get(month.toLowerCase())
  if (index === undefined) return Number.NaN
  const local = Date.UTC(2000, index, Number(day), Number(hour), Number(minute), Number(second))
  const offset = (Number(offsetHours) * 60 + Number(offsetMinutes)) * 60_000
  return inYear(local, Number(year)) - (sign === '-' ? -offset : offset)
}

/** Moves an instant of the year 2000 to another: Date.UTC takes years below 100 for those of the 20th century. */
function inYear(instant: number, year: number): number {
  const date = new Date(instant)
  const month = date.getUTCMonth()
  const day = date.getUTCDate()
  date.setUTCFullYear(year, month, day)
  return date.getTime()
}

/** The same instant for APPEND, in UTC. Parts of a second are cut off: IMAP knows none. */
export function formatInternalDate(milliseconds: number): string {
  const date = new Date(Math.floor(milliseconds / 1000) * 1000)
  const two = (value: number) => (value < 10 ? `0${value}` : `${value}`)
  const year = String(Math.min(9999, Math.max(0, date.getUTCFullYear()))).padStart(4, '0')
  const time = `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`
  return `${two(date.getUTCDate())}-${months[date.getUTCMonth()]}-${year} ${time} +0000`
}
