import { CsvError, parse } from 'csv-parse/sync'
import { MailferryError } from '../domain/errors.ts'

export interface CsvShape<Needed extends string, Optional extends string> {
  readonly needed: readonly Needed[]
  readonly optional?: readonly Optional[]
  /** Columns of other names are left out, as an export with all that a server knows has them; refused unless said. */
  readonly others?: 'ignored'
}

export interface CsvRow<Needed extends string, Optional extends string> {
  /** Line of the file the row ends on, from 1. */
  readonly line: number
  readonly fields: Readonly<Record<Needed, string>> & Readonly<Partial<Record<Optional, string>>>
}

interface Parsed {
  readonly record: readonly string[]
  readonly info: { readonly lines: number }
}

/**
 * Reads CSV (RFC 4180) whose first row names its columns, in any order and without regard to case. A byte order mark is taken,
 * and `;` or tab as separator where the header has them, as spreadsheets write; PowerShell's `#TYPE` line before it is left out. Throws `csv.invalid` with every bad row by its line;
 * no message repeats a field, for the fields may be secrets.
 */
export function readCsv<Needed extends string, Optional extends string = never>(
  file: string,
  text: string,
  shape: CsvShape<Needed, Optional>,
): CsvRow<Needed, Optional>[] {
  const [header, ...rows] = parseRows(file, text)
  if (header === undefined) throw invalid(file, 1, `empty; expected the header ${shape.needed.join(',')}`)
  const columns = columnsOf(file, header, shape)
  const problems = rows.flatMap(({ record, info }) => problemOfRow(record, info.lines, columns, shape.needed))
  const known = new Set<string>([...shape.needed, ...(shape.optional ?? [])])
  if (problems.length > 0) throw new MailferryError('csv.invalid', { file, problems })
  // Proof of the cast: columnsOf found every needed name, and problemOfRow that each row has a text under every one of them.
  return rows.map(({ record, info }) => ({
    line: info.lines,
    fields: Object.fromEntries(
      columns.flatMap((name, index) => (record[index] && known.has(name) ? [[name, record[index]]] : [])),
    ) as CsvRow<Needed, Optional>['fields'],
  }))
}

function parseRows(file: string, text: string): Parsed[] {
  const typed = /^\uFEFF?#TYPE [^\r\n]*\r?\n/.exec(text)?.[0] ?? ''
  const body = text.slice(typed.length)
  const firstLine = body.slice(0, body.search(/[\r\n]|$/))
  const delimiter = [',', ';', '\t'].find(candidate => firstLine.includes(candidate)) ?? ','
  try {
    // Proof of the cast: with `info` and without `columns` the library answers records of texts, each with its position.
    const rows = parse(body, { bom: true, info: true, relax_column_count: true, skip_empty_lines: true, delimiter }) as unknown as Parsed[]
    return typed === '' ? rows : rows.map(({ record, info }) => ({ record, info: { lines: info.lines + 1 } }))
  } catch (error) {
    if (error instanceof CsvError) throw invalid(file, Number(error['lines'] ?? 1), quoting[error.code] ?? 'not CSV')
    throw error
  }
}

const quoting: Readonly<Record<string, string>> = {
  CSV_INVALID_CLOSING_QUOTE: 'something follows a closing quote; a quote within a quoted field is written twice',
  INVALID_OPENING_QUOTE: 'a quote stands within an unquoted field; quote the field and write the quote twice',
  CSV_QUOTE_NOT_CLOSED: 'a quoted field is never closed',
}

function columnsOf(file: string, header: Parsed, shape: CsvShape<string, string>): string[] {
  const names = header.record.map(name => name.trim().toLowerCase())
  const known = [...shape.needed, ...(shape.optional ?? [])]
  const missing = shape.needed.filter(name => !names.includes(name))
  const unknown = shape.others === 'ignored' ? [] : names.filter(name => !known.includes(name))
  const twice = names.filter((name, index) => known.includes(name) && names.indexOf(name) !== index)
  const complaint =
    missing.length > 0
      ? `the header lacks ${missing.join(', ')}; expected ${shape.needed.join(',')}`
      : unknown.length > 0
        ? `the header has a column that isn't known (column ${names.findIndex(name => !known.includes(name)) + 1}); known are ${known.join(', ')}`
        : twice.length > 0
          ? `the header names ${twice[0]} twice`
          : undefined
  if (complaint !== undefined) throw invalid(file, header.info.lines, complaint)
  return names
}

function problemOfRow(
  record: readonly string[],
  line: number,
  columns: readonly string[],
  needed: readonly string[],
): { line: number; message: string }[] {
  if (record.length > columns.length) return [{ line, message: `${record.length} fields, but the header names ${columns.length}` }]
  const empty = needed.filter(name => !record[columns.indexOf(name)])
  return empty.length > 0 ? [{ line, message: `${empty.join(' and ')} ${empty.length > 1 ? 'are' : 'is'} empty` }] : []
}

const invalid = (file: string, line: number, message: string): MailferryError =>
  new MailferryError('csv.invalid', { file, problems: [{ line, message }] })
