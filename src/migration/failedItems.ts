import { isError, MailferryError } from '../domain/errors.ts'
import type { ContentFormat, ItemInfo } from '../domain/mail.ts'
import type { Change, ItemRow } from '../ledger/rows.ts'
import type { FolderTask, Shared } from './folderTask.ts'
import { storedError } from './storedError.ts'

export interface FailedItem {
  readonly info: ItemInfo
  readonly error: MailferryError
}

/** The formats that were tried, as they stand in the row of an item that none of them carries. */
const tried = (formats: readonly ContentFormat[]): string => formats.join(', ')

/** The rows of items that could not be migrated, each with its own reason. */
export const byItem = ({ formats }: Shared, { row }: FolderTask, failed: readonly FailedItem[]): Extract<Change, { kind: 'fail' }> => ({
  kind: 'fail',
  folder: row.id,
  items: failed.map(({ info, error }) => ({
    ...info,
    error: storedError(
      isError(error, 'item.notCarried') ? new MailferryError(error.code, { ...error.params, format: tried(formats) }) : error,
    ),
  })),
})

/** Whether an item was found to be carried by none of these formats before: it isn't read again for every delta. */
export const knownNotCarried = ({ error }: ItemRow, formats: readonly ContentFormat[]): boolean =>
  error?.code === 'item.notCarried' && 'format' in error.params && error.params.format === tried(formats)
