import { describe } from '../domain/errorText.ts'
import type { StoredError } from '../domain/pair.ts'
import type { FolderDetails, ItemDetails } from '../rpc/results.ts'
import { countsText } from '../views/rows/jobText.ts'
import type { ProblemNode } from '../views/rows/node.ts'
import { pairStateText, problemOf } from '../views/rows/pairText.ts'
import type { App } from './app.ts'

/** Items that are listed; the report has them all. */
const most = 1000

/** Shows all that is known of a mailbox's problem: what happened and what to do, and which folders and messages it is about. */
export async function showProblem(app: App, picked?: ProblemNode): Promise<void> {
  if (picked === undefined) return
  const { l10n, number } = app.wording
  const details = await app.engine.call('pair.details', { job: picked.job, pair: picked.pair, limit: most })
  const { source, target, state, counts, folders, items, more } = details
  const lines = [
    l10n.t('Job: {0}', details.job),
    '',
    l10n.t('State: {0}', pairStateText(app.wording, state, counts, 0)),
    '',
    l10n.t('Progress: {0}', countsText(app.wording, counts)),
    '',
    ...errorLines(problemOf(state)),
    ...folders.flatMap(folderLine),
    ...items.map(item => itemLine(app, item)),
    ...(more ? ['', l10n.t('These are the first {0}; the job’s report lists them all.', number(most))] : []),
  ]
  await app.documents.show(source.address === target.address ? source.address : `${source.address} → ${target.address}`, lines.join('\n'))
}

function errorLines(error: StoredError | undefined): string[] {
  if (error === undefined) return []
  const { message, next } = describe(error)
  return [message, '', next, '']
}

/** Only folders that something is to be said of. */
function folderLine({ source, excluded, error }: FolderDetails): string[] {
  const reason = error === undefined ? excluded : describe(error).message
  return reason === undefined ? [] : [`- ${source.join('/')}: ${reason}`]
}

/** A message is told by its place, date and size: its content and subject are nowhere but on the servers. */
function itemLine({ wording: { date, size } }: App, item: ItemDetails): string {
  const reason = item.error === undefined ? (item.reason ?? item.state) : describe(item.error).message
  return `- ${item.folder.join('/')}, ${date(item.received)}, ${size(item.size)}: ${reason}`
}
