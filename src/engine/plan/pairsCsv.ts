import { readFile } from 'node:fs/promises'
import { MailferryError } from '../../domain/errors.ts'
import { readCsv } from '../../rpc/csv.ts'
import type { PlanPair } from '../../rpc/plan.ts'

/** Reads a job's pairs from a CSV with the header `source,target,priority`. Throws `file.unreadable`, `csv.invalid`. */
export async function readPairsCsv(file: string): Promise<PlanPair[]> {
  const text = await readFile(file, 'utf8').catch(error => {
    throw new MailferryError('file.unreadable', { file, cause: error instanceof Error ? error.message : String(error) }, { cause: error })
  })
  const rows = readCsv(file, text, { needed: ['source'], optional: ['target', 'priority'] })
  const problems = rows.flatMap(({ line, fields }) =>
    fields.priority === undefined || /^-?\d{1,9}$/.test(fields.priority) ? [] : [{ line, message: 'priority is not a whole number' }],
  )
  if (problems.length > 0) throw new MailferryError('csv.invalid', { file, problems })
  return rows.map(({ fields: { source, target, priority } }) => ({
    source: source.trim(),
    ...(target === undefined ? {} : { target: target.trim() }),
    ...(priority === undefined ? {} : { priority: Number(priority) }),
  }))
}
