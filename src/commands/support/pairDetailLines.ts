import type { StoredError } from '../../domain/pair.ts'
import type { FolderDetails, ItemDetails, PairDetails } from '../../rpc/results.ts'
import { countsText } from '../../views/rows/jobText.ts'
import { pairStateText, problemOf } from '../../views/rows/pairText.ts'
import type { Wording } from '../../views/wording.ts'

/** All that is known of a mailbox, as Markdown: its state, what is wrong and what to do, then which folders and messages it is about, by reason. */
export function pairDetailLines(wording: Wording, details: PairDetails): string[] {
  const { l10n, number, date } = wording
  const { job, state, counts, engine, folders, items, more } = details
  return [
    l10n.t('Job: {0}', job),
    '',
    l10n.t('State: {0}', pairStateText(wording, state, counts, 0)),
    ...('at' in state ? ['', l10n.t('Completed: {0}', date(state.at))] : []),
    ...(engine === undefined ? [] : ['', l10n.t('Worked on by: {0}', engine)]),
    '',
    l10n.t('Progress: {0}', countsText(wording, counts)),
    '',
    ...errorLines(wording, problemOf(state)),
    ...folderLines(wording, folders),
    ...itemLines(wording, items),
    ...(more ? ['', l10n.t('These are the first {0}; the job’s report lists them all.', number(items.length))] : []),
  ]
}

function errorLines(wording: Wording, error: StoredError | undefined): string[] {
  if (error === undefined) return []
  const { message, next } = wording.describe(error)
  return [message, '', next, '']
}

/** Only folders that something is to be said of. */
function folderLines(wording: Wording, folders: readonly FolderDetails[]): string[] {
  const lines = folders.flatMap(({ source, excluded, error }) => {
    const reason = error === undefined ? excluded && reasonText(wording, excluded) : wording.describe(error).message
    return reason === undefined ? [] : [`- ${source.join('/')}: ${reason}`]
  })
  return lines.length === 0 ? [] : [`## ${wording.l10n.t('Folders')}`, '', ...lines, '']
}

/** A message is told by its place, date and size: its content and subject are nowhere but on the servers. */
function itemLines(wording: Wording, items: readonly ItemDetails[]): string[] {
  const { number, date, size, l10n } = wording
  const byReason = Map.groupBy(items, item => itemReason(wording, item))
  return [...byReason].flatMap(([reason, some]) => [
    `## ${some.length === 1 ? l10n.t('1 message: {0}', reason) : l10n.t('{0} messages: {1}', number(some.length), reason)}`,
    '',
    ...some.map(item => `- ${item.folder.join('/')}, ${date(item.received)}, ${size(item.size)}`),
    '',
  ])
}

function itemReason(wording: Wording, { error, reason, state }: ItemDetails): string {
  if (error !== undefined) return wording.describe(error).message
  return reasonText(wording, reason ?? state)
}

/** Why a folder or message isn't simply migrated, by the ledger's word for it. */
export function reasonText({ l10n }: Wording, reason: string): string {
  switch (reason) {
    case 'tooOld':
      return l10n.t('received before the filters begin')
    case 'tooNew':
      return l10n.t('received after the filters end')
    case 'tooLarge':
      return l10n.t('larger than the filters allow')
    case 'flaggedDeleted':
      return l10n.t('flagged as deleted in the source, and not expunged yet')
    case 'folderExcluded':
      return l10n.t('the filters leave this folder out')
    case 'folderNotCarried':
      return l10n.t('an empty folder of a kind that can’t be carried over between these servers')
    case 'intended':
      return l10n.t('the target hasn’t confirmed it yet; the next run looks for it before it writes anything')
    case 'orphaned':
      return l10n.t('no longer in the source; kept in the target')
    case 'done':
      return l10n.t('written, but not read back yet')
    case 'failed':
      return l10n.t('failed')
    default:
      return reason
  }
}
