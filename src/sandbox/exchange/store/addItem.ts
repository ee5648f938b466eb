import { randomBytes } from 'node:crypto'
import type { Item, ItemContent } from '../item.ts'
import type { Folder, Mailbox } from '../mailbox.ts'
import { keys, type Properties } from '../properties.ts'

export interface Stamps {
  /** Milliseconds since the epoch. */
  readonly created: number
  readonly modified: number
  /** Of an item that moves within its mailbox; a new item's is its number. */
  readonly immutable?: number
}

/** Puts an item into a folder: with a new number, and a search key where it has none yet (PidTagSearchKey: copies keep it). */
export function addItem(mailbox: Mailbox, folder: Folder, content: ItemContent, stamps: Stamps): Item {
  if (!content.properties.has(keys.searchKey)) {
    content.properties.set(keys.searchKey, { type: 'Binary', value: randomBytes(16).toString('base64') })
  }
  const number = ++mailbox.lastNumber
  const change = ++mailbox.lastChange
  const item: Item = { ...content, immutable: number, ...stamps, number, folder, change, readChange: change, size: sizeOf(content) }
  folder.items.set(number, item)
  mailbox.items.set(number, item)
  if (countsForQuota(folder)) mailbox.size += item.size
  return item
}

export function removeItem(mailbox: Mailbox, item: Item): void {
  item.folder.items.delete(item.number)
  mailbox.items.delete(item.number)
  if (countsForQuota(item.folder)) mailbox.size -= item.size
}

/** Recoverable items have a quota of their own. */
const countsForQuota = ({ distinguished }: Folder): boolean => !distinguished?.startsWith('recoverable')

/** Notes that an item's content changed. */
export function touchItem(mailbox: Mailbox, item: Item, now: number): void {
  item.change = ++mailbox.lastChange
  item.modified = now
  const size = sizeOf(item)
  if (countsForQuota(item.folder)) mailbox.size += size - item.size
  item.size = size
}

/**
 * As a store counts: two bytes a character of text, decoded attachments, and what it needs for itself. Never the number of the message's octets, which
 * Exchange doesn't know.
 */
export function sizeOf({ properties, elements, attachments, mime, itemClass }: ItemContent): number {
  let size = 640 + 2 * itemClass.length + propertiesSize(properties)
  for (const element of elements.values()) size += 2 * JSON.stringify(element).length
  for (const attachment of attachments) size += 300 + attachment.size
  if (mime) size += Math.max(0, mime.length - attachments.reduce((sum, { size }) => sum + Math.ceil((size * 78) / 57), 0))
  return size
}

function propertiesSize(properties: Properties): number {
  let size = 0
  for (const { value } of properties.values()) {
    for (const one of typeof value === 'string' ? [value] : value) size += 8 + 2 * one.length
  }
  return size
}
