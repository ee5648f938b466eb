type Cell = string | number | boolean | undefined

/** Excel takes a file for UTF-8 only when it begins so. */
export const byteOrderMark = '\uFEFF'

/**
 * A text that begins like a formula is given an apostrophe, for spreadsheets would calculate it: folder names and servers' answers come from strangers.
 * Quotes, commas and line ends are quoted (RFC 4180, 2).
 */
const cell = (value: Cell): string => {
  if (typeof value !== 'string') return value === undefined ? '' : String(value)
  const harmless = /^\s*[=+\-@|%]|^[\t\r\n]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}

/** A row with its line end. */
export const row = (cells: readonly Cell[]): string => `${cells.map(cell).join()}\r\n`
