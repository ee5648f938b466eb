import { describe } from '../../domain/errorText.ts'
import { describeInGerman } from '../../domain/german/describe.ts'
import { inGerman } from '../../domain/german/phrases.ts'
import type { Language } from '../../domain/language.ts'
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

/** A sentence of this file's, in the language of the report. */
const said = (language: Language, sentence: string): string => (language === 'de' ? inGerman('report', sentence) : sentence)

export const problemOf = (language: Language, { code, params }: StoredError): Problem => {
  const { message, next } = (language === 'de' ? describeInGerman : describe)({ code, params })
  return { code, message, next }
}

const leftOutBecause = (language: Language, reason: FilterReason): Problem => ({
  code: `filter.${reason}`,
  message: said(language, filters[reason]),
})

/** Why an item is listed: a code for machines, a sentence for people. */
export function reasonOf(language: Language, outcome: Outcome, item: ItemRow): { readonly code: string; readonly reason: string } {
  const { error } = item
  const by = (code: string, sentence: string) =>
    error === undefined ? { code, reason: said(language, sentence) } : { code: error.code, reason: problemOf(language, error).message }
  switch (outcome) {
    case 'filtered':
      return {
        code: `filter.${item.reason ?? 'unknown'}`,
        reason: said(language, item.reason ? filters[item.reason] : 'The filters leave it out.'),
      }
    case 'failed':
      return by('failed', 'It could not be migrated.')
    case 'open':
      return {
        code: 'open',
        reason: said(language, 'The target has not confirmed it yet; the next run looks for it before writing anything.'),
      }
    case 'notReadBack':
      return {
        code: 'notReadBack',
        reason: said(language, 'Written, but the target did not show it again with the same size and date.'),
      }
    case 'orphaned':
      return { code: 'orphaned', reason: said(language, 'No longer in the source; kept in the target.') }
    case 'reduced':
    case 'notUpdated':
      return by('notUpdated', 'Its later changes were not carried over.')
    case 'marksDropped':
      return { code: 'marksDropped', reason: said(language, `The target does not keep: ${dropped(item).join(' ')}`) }
  }
}

/** Where there are too many different sentences of one code. */
export const otherAnswers = (language: Language): string => said(language, 'Other answers of this kind.')

function dropped({ flags, targetFlags = [] }: ItemRow): string[] {
  const kept = new Set(targetFlags)
  return flags.filter(flag => !kept.has(flag))
}

/** What is wrong with a folder as a whole. */
export const folderProblems = (
  language: Language,
  { excluded, error }: FolderRow,
): { readonly leftOut?: Problem; readonly problem?: Problem } => ({
  ...(excluded && { leftOut: leftOutBecause(language, excluded) }),
  ...(error && { problem: problemOf(language, error) }),
})
