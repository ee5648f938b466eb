import { readFile } from 'node:fs/promises'
import { MailferryError } from '../../domain/errors.ts'
import { readCsv } from '../../rpc/csv.ts'
import type { PlanPair } from '../../rpc/plan.ts'

/** Reads a job's pairs from a CSV with the header `source,target,priority`. Throws `file.unreadable`, `csv.invalid`. */
export const readPairsCsv = async (file: string): Promise<PlanPair[]> => (await readPairRows(file)).map(({ line: _line, ...pair }) => pair)

/** The same with the line each pair stands on. */
export async function readPairRows(file: string): Promise<(PlanPair & { readonly line: number })[]> {
  const text = await readFile(file, 'utf8').catch(error => {
    throw new MailferryError('file.unreadable', { file, cause: error instanceof Error ? error.message : String(error) }, { cause: error })
  })
  const rows = readCsv(file, text, { needed: ['source'], optional: ['target', 'priority'] })
  const problems = rows.flatMap(({ line, fields: { priority } }) =>
    priority === undefined || /^-?\d{1,9}$/.test(priority) ? [] : [{ line, message: 'priority is not a whole number' }],
  )
  if (problems.length > 0) throw new MailferryError('csv.invalid', { file, problems })
  return rows.map(({ line, fields: { source, target, priority } }) => ({
    line,
    source: source.trim(),
    ...(target === undefined ? {} : { target: target.trim() }),
    ...(priority === undefined ? {} : { priority: Number(priority) }),
  }))
}
