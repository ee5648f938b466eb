import type { Item } from '../item.ts'

/** What an entry id leads to, within its mailbox. */
export interface Entry {
  readonly kind: 'folder' | 'item'
  readonly number: number
}

const length = 46
const kindAt = 20
/** MS-OXCDATA 2.2.4: `eitLTPrivateFolder` and `eitLTPrivateMessage`. */
const types = { folder: 1, item: 7 } as const

const bytesOf = (kind: Entry['kind'], folder: number, item: number): Buffer => {
  const id = Buffer.alloc(length)
  id.writeUInt8(types[kind], kindAt)
  id.writeUInt32BE(folder, 36)
  id.writeUInt32BE(item, 42)
  return id
}

/** The store's own id of an item within its mailbox. */
export const itemEntryId = ({ number, folder }: Item): Buffer => bytesOf('item', folder.number, number)

export const folderEntryId = (number: number): Buffer => bytesOf('folder', number, 0)

/** Undefined for what is no entry id of this store. */
export function readEntryId(id: Buffer): Entry | undefined {
  if (id.length !== length) return undefined
  const type = id.readUInt8(kindAt)
  if (type === types.folder) return { kind: 'folder', number: id.readUInt32BE(36) }
  return type === types.item ? { kind: 'item', number: id.readUInt32BE(42) } : undefined
}
