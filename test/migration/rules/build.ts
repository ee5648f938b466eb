import { splitPath } from '../../../src/domain/folderPath.ts'
import type { FolderRole, ItemInfo } from '../../../src/domain/mail.ts'
import type { ItemRow } from '../../../src/ledger/rows.ts'
import type { SourceFolder } from '../../../src/migration/rules/folderMap.ts'

/** A folder by its path as people write it. */
export const folder = (path: string, more: { role?: FolderRole; selectable?: boolean; count?: number } = {}): SourceFolder => ({
  id: path,
  path: splitPath(path),
  selectable: true,
  count: 1,
  ...more,
})

export const item = (key: number, more: Partial<ItemInfo> = {}): ItemInfo => ({
  key,
  size: 1000,
  received: 1_700_000_000_000,
  flags: [],
  ...more,
})

/** What the ledger knows of an item that we wrote: `row(7)` is UID 7 of folder 1, on the target as UID 1007. */
export const row = (key: number, more: Partial<ItemRow> = {}): ItemRow => ({
  ...item(key),
  folder: 1,
  state: 'done',
  targetKey: key + 1000,
  attempts: 1,
  verified: true,
  format: 'rfc822',
  unmarked: false,
  ...more,
})
