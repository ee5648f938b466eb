import { describe } from '../../domain/errorText.ts'
import { type RefreshLine, type RefreshReport, refreshCsv, refreshHtml } from '../../migration/report/refreshReport.ts'
import { replaceFile } from '../../migration/report/writeReport.ts'
import type { RefreshedEvent } from '../../rpc/events.ts'

/** Writes what a refresh found of each mailbox into a file. Throws `file.unwritable`. */
export async function saveRefreshReport(
  { file, format }: { readonly file: string; readonly format: 'csv' | 'html' },
  head: Omit<RefreshReport, 'lines'>,
  events: readonly RefreshedEvent[],
): Promise<void> {
  const report = { ...head, lines: events.map(lineOf) }
  await replaceFile(file, format === 'csv' ? refreshCsv(report) : refreshHtml(report))
}

const lineOf = ({ side, mailbox, outcome, address, candidates, error }: RefreshedEvent): RefreshLine => ({
  side,
  mailbox,
  outcome,
  ...(address === undefined ? {} : { address }),
  ...(candidates === undefined ? {} : { candidates }),
  ...(error === undefined ? {} : { problem: describe(error).message }),
})
