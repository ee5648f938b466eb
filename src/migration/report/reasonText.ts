import { describe } from '../../domain/errorText.ts'
import type { StoredError } from '../../domain/pair.ts'
import type { FilterReason, FolderRow, ItemRow } from '../../ledger/rows.ts'
import type { Outcome, Problem } from './model.ts'

const filters: Readonly<Record<FilterReason, string>> = {
  tooOld: 'Received before the date the filters begin with.',
  tooNew: 'Received at or after the date the filters end with.',
  tooLarge: 'Larger than the filters allow.',
  flaggedDeleted: 'Flagged as deleted in the source, and not expunged yet.',
  folderExcluded: 'The filters leave this folder out.',
  folderNotCarried: 'An empty folder of a kind that can’t be carried over between these two servers.',
}

export const problemOf = ({ code, params }: StoredError): Problem => {
  const { message, next } = describe({ code, params })
  return { code, message, next }
}

export const leftOutBecause = (reason: FilterReason): Problem => ({ code: `filter.${reason}`, message: filters[reason] })

/** Why an item is listed: a code for machines, a sentence for people. */
export function reasonOf(outcome: Outcome, item: ItemRow): { readonly code: string; readonly reason: string } {
  switch (outcome) {
    case 'filtered':
      return { code: `filter.${item.reason ?? 'unknown'}`, reason: item.reason ? filters[item.reason] : 'The filters leave it out.' }
    case 'failed':
      return item.error
        ? { code: item.error.code, reason: problemOf(item.error).message }
        : { code: 'failed', reason: 'It could not be migrated.' }
    case 'open':
      return { code: 'open', reason: 'The target has not confirmed it yet; the next run looks for it before writing anything.' }
    case 'notReadBack':
      return { code: 'notReadBack', reason: 'Written, but the target did not show it again with the same size and date.' }
    case 'orphaned':
      return { code: 'orphaned', reason: 'No longer in the source; kept in the target.' }
    case 'reduced':
    case 'notUpdated':
      return item.error
        ? { code: item.error.code, reason: problemOf(item.error).message }
        : { code: 'notUpdated', reason: 'Its later changes were not carried over.' }
    case 'marksDropped':
      return { code: 'marksDropped', reason: `The target does not keep: ${dropped(item).join(' ')}` }
  }
}

function dropped({ flags, targetFlags = [] }: ItemRow): string[] {
  const kept = new Set(targetFlags)
  return flags.filter(flag => !kept.has(flag))
}

/** What is wrong with a folder as a whole. */
export const folderProblems = ({ excluded, error }: FolderRow): { readonly leftOut?: Problem; readonly problem?: Problem } => ({
  ...(excluded && { leftOut: leftOutBecause(excluded) }),
  ...(error && { problem: problemOf(error) }),
})
