import { isError, type MailferryError } from '../../domain/errors.ts'
import { type ContentFormat, carries } from '../../domain/mail.ts'

/**
 * Whether an item that one format failed to carry may still come over in the next one: not where it is too large, or the next one holds no items of its class.
 * Where the class isn't known the next format is tried, and tells.
 */
export const concernsFormat = (error: MailferryError, itemClass: string | undefined, next: ContentFormat | undefined): boolean =>
  next !== undefined &&
  isError(error, 'item.notCarried', 'item.rejected', 'item.unreadable', 'transfer.refused') &&
  (itemClass === undefined || carries(next, itemClass))
