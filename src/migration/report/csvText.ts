import { byteOrderMark, row } from './csvRow.ts'
import type { Report, Totals } from './model.ts'

const amounts = ['source', 'target', 'written', 'adopted', 'filtered', 'failed', 'open', 'orphaned', 'removed'] as const

const amountHeaders = amounts.flatMap(name => [`${name}Items`, `${name}Bytes`])

const amountCells = (totals: Totals): number[] => amounts.flatMap(name => [totals[name].items, totals[name].bytes])

/** One row for each folder of each mailbox. */
export async function* foldersCsv(report: Report): AsyncGenerator<string, void, undefined> {
  yield byteOrderMark +
    row(['sourceMailbox', 'targetMailbox', 'mailboxState', 'sourceFolder', 'targetFolder', ...amountHeaders, 'readBack', 'problem'])
  for await (const { source, target, state, folders, problem } of report.pairReports()) {
    if (folders.length === 0) yield row([source, target, state, undefined, undefined, ...amountHeaders.map(() => 0), 0, problem?.message])
    for (const folder of folders) {
      const wrong = folder.problem ?? folder.leftOut
      yield row([
        source,
        target,
        state,
        folder.source,
        folder.target,
        ...amountCells(folder.totals),
        folder.totals.readBack,
        wrong?.message,
      ])
    }
  }
}

/** One row for each item that isn't simply migrated. */
export async function* itemsCsv(report: Report): AsyncGenerator<string, void, undefined> {
  yield byteOrderMark +
    row(['sourceMailbox', 'targetMailbox', 'folder', 'key', 'received', 'bytes', 'outcome', 'code', 'reason', 'attempts'])
  for await (const page of report.items()) {
    yield page
      .map(item =>
        row([
          item.source,
          item.target,
          item.folder,
          item.key,
          item.received,
          item.size,
          item.outcome,
          item.code,
          item.reason,
          item.attempts,
        ]),
      )
      .join('')
  }
}
