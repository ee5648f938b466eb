/**
 * A text as a literal of a PowerShell script, which evaluates to that text and to nothing else. Between its quotes stand printable ASCII characters alone, with the
 * apostrophe doubled: nothing in single quotes is expanded (`$`, backtick), the typographic apostrophes that PowerShell takes for quotes too are written
 * as numbers, and Windows PowerShell, which reads a file without a byte order mark in the code page of the machine, reads the same text as any other.
 */
export const literal = (text: string): string => {
  const parts = text.match(/[\x20-\x7E]+|[^\x20-\x7E]/g) ?? []
  const [first = '', ...rest] = parts.map(part => (/^[\x20-\x7E]/.test(part) ? quoted(part) : character(part)))
  if (parts.length === 0) return "''"
  // A character before the `+` would make a number of what follows it.
  return parts.length === 1 && first.startsWith("'") ? first : `(${["''", first, ...rest].join(' + ')})`
}

const quoted = (ascii: string): string => `'${ascii.replaceAll("'", "''")}'`

const character = (unit: string): string => `[char]0x${unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`

/** A text within a comment line: what could end the line, or isn't ASCII, is a question mark there. */
export const inComment = (text: string): string => text.replace(/[^\x20-\x7E]/g, '?')

/** Rows as an array of objects with these properties, one row a line. */
export const rowsOf = <Row extends Readonly<Record<string, string>>>(rows: readonly Row[]): string[] => [
  '@(',
  ...rows.map(row => {
    const fields = Object.entries(row).map(([name, value]) => `${name} = ${literal(value)}`)
    return `  [pscustomobject]@{ ${fields.join('; ')} }`
  }),
  ')',
]
