import { type ItemFlags, itemFlags, verb } from '../../mapi/flags.ts'
import { type ExtendedValue, property } from './properties.ts'

/** What PATCH takes of a message that isn't a draft ("message-update"). */
export interface MessageChange {
  readonly isRead?: boolean
  readonly isReadReceiptRequested?: false
  readonly categories?: readonly string[]
  readonly flag?: { readonly flagStatus: 'notFlagged' | 'flagged' | 'complete' }
  readonly singleValueExtendedProperties?: readonly ExtendedValue[]
}

/** Outlook's icons of a message that was read, replied to or forwarded ([MS-OXOMSG] 2.2.1.11). */
const icon = { read: '256', replied: '261', forwarded: '262' } as const

export const followUpStatus = { none: 'notFlagged', flagged: 'flagged', complete: 'complete' } as const

/** That a message was replied to or forwarded; Graph deletes no property, so for neither there is one that says nothing. */
export const lastVerbValues = (lastVerb: number | undefined): readonly ExtendedValue[] => [
  { id: property.lastVerbExecuted, value: String(lastVerb ?? 0) },
  { id: property.iconIndex, value: lastVerb === undefined ? icon.read : lastVerb === verb.forward ? icon.forwarded : icon.replied },
]

/** What gives a message these flags; undefined where it has them. A draft stays one: that is decided at creation. */
export function flagsChange(from: readonly string[], to: readonly string[]): MessageChange | undefined {
  const [before, after] = [itemFlags(from), itemFlags(to)]
  const change: MessageChange = {
    ...(before.seen !== after.seen && { isRead: after.seen }),
    ...(!sameCategories(before, after) && { categories: after.categories }),
    // Its dates are kept where a flag only changes its state.
    ...(before.followUp !== after.followUp && { flag: { flagStatus: followUpStatus[after.followUp] } }),
    ...(before.lastVerb !== after.lastVerb && { singleValueExtendedProperties: lastVerbValues(after.lastVerb) }),
  }
  return Object.keys(change).length === 0 ? undefined : change
}

const sameCategories = (a: ItemFlags, b: ItemFlags): boolean =>
  a.categories.length === b.categories.length && a.categories.every(one => b.categories.includes(one))
