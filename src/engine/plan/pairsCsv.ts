import { MailferryError } from '../../domain/errors.ts'
import { matchListed } from '../../migration/rules/matchListed.ts'
import { readCsv } from '../../rpc/csv.ts'
import { isMailboxList, parseMailboxList, readMailboxList } from '../mailboxList.ts'
import { readText } from '../readText.ts'
import type { ReadPair } from './readPair.ts'

/** A row of a person's list of pairs. */
export interface PairLine {
  readonly line: number
  readonly source: string
  readonly target: string
  readonly priority: number
}

export interface PairFiles {
  readonly csv: string
  /** Exports of `Get-Mailbox` that give the mailboxes their ids. */
  readonly sourceList?: string
  readonly targetList?: string
}

/**
 * Reads a job's pairs from a CSV with the header `source,target,priority`, or from an export of `Get-Mailbox`, whose mailboxes then go to
 * the same addresses. Throws `file.unreadable`, `csv.invalid`.
 */
export async function readPairsCsv({ csv, sourceList, targetList }: PairFiles): Promise<ReadPair[]> {
  const text = await readText(csv)
  const sources = sourceList === undefined ? undefined : await readMailboxList(sourceList)
  const targets = targetList === undefined ? undefined : await readMailboxList(targetList)
  const exported = isMailboxList(text) ? parseMailboxList(csv, text) : undefined
  const rows =
    exported?.map(({ line, mailbox: { address } }) => ({ line, source: address, target: address, priority: 0 })) ?? pairLines(csv, text)
  const { pairs, problems } = matchListed(rows, sources ?? exported?.map(({ mailbox }) => mailbox), targets)
  if (problems.length > 0) throw new MailferryError('csv.invalid', { file: csv, problems: [...problems] })
  return pairs.map(({ source, target }, index) => ({ source, target, priority: rows[index]?.priority ?? 0 }))
}

/** The pairs of a person's list as they were written. Throws `file.unreadable`, `csv.invalid`. */
export const readPairLines = async (file: string): Promise<PairLine[]> => pairLines(file, await readText(file))

/** As `readPairLines`, of what was read already. */
export function pairLines(file: string, text: string): PairLine[] {
  const rows = readCsv(file, text, { needed: ['source'], optional: ['target', 'priority'] })
  const problems = rows.flatMap(({ line, fields: { priority } }) =>
    priority === undefined || /^-?\d{1,9}$/.test(priority) ? [] : [{ line, message: 'priority is not a whole number' }],
  )
  if (problems.length > 0) throw new MailferryError('csv.invalid', { file, problems })
  return rows.map(({ line, fields: { source, target = source, priority = '0' } }) => ({
    line,
    source: source.trim(),
    target: target.trim(),
    priority: Number(priority),
  }))
}
