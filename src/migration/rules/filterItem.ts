import { MailferryError } from '../../domain/errors.ts'
import type { Filters } from '../../domain/job.ts'
import type { ItemInfo } from '../../domain/mail.ts'
import type { FilterReason } from '../../ledger/rows.ts'
import { hasFlag } from './flags.ts'

/** A date is its midnight in UTC, a time without offset is UTC too: the same plan means the same on every machine. */
const time = (text: string | undefined, absent: number): number => {
  if (text === undefined) return absent
  const zoned = /T.*(Z|[+-]\d\d:?\d\d)$/i.test(text) || !text.includes('T') ? text : `${text}Z`
  const ms = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(zoned) : Number.NaN
  if (Number.isNaN(ms))
    throw new MailferryError('usage', { detail: `“${text}” is not a date (wanted: 2024-12-31 or 2024-12-31T23:59:59Z).` })
  return ms
}

/**
 * Which items of an included folder are within a job's filters.
 * The received date (IMAP's INTERNALDATE) counts, from `receivedFrom` on and before `receivedTo`; an item without a usable one passes.
 *
 * @returns a function that gives the reason why an item is left out, or nothing for one that is to be migrated.
 * @throws usage for a date that is none.
 */
export const itemFilter = (filters: Filters): ((item: Pick<ItemInfo, 'flags' | 'received' | 'size'>) => FilterReason | undefined) => {
  const from = time(filters.receivedFrom, Number.NEGATIVE_INFINITY)
  const to = time(filters.receivedTo, Number.POSITIVE_INFINITY)
  const most = filters.maxItemSize ?? Number.POSITIVE_INFINITY
  return item => {
    if (filters.includeDeleted !== true && hasFlag(item.flags, '\\Deleted')) return 'flaggedDeleted'
    if (item.received < from) return 'tooOld'
    if (item.received >= to) return 'tooNew'
    if (item.size > most) return 'tooLarge'
    return undefined
  }
}
