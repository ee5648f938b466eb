import type { Item, ItemContent } from '../item.ts'
import type { Folder, Mailbox } from '../mailbox.ts'
import { addItem, removeItem } from './addItem.ts'

/** The same content again, sharing nothing that can change. */
export const duplicate = (item: ItemContent): ItemContent => ({
  itemClass: item.itemClass,
  mime: item.mime,
  properties: new Map(item.properties),
  elements: new Map(item.elements),
  attachments: [...item.attachments],
  isAssociated: item.isAssociated,
})

/** A copy is created now; its content, the search key included, is the original's. */
export const copyItem = (to: Mailbox, folder: Folder, item: Item, now: number): Item =>
  addItem(to, folder, duplicate(item), { created: now, modified: item.modified })

/** A moved item has a new id, as in every MAPI store, and keeps its dates; within its mailbox also its immutable number. */
export function moveItem(from: Mailbox, item: Item, to: Mailbox, folder: Folder): Item {
  removeItem(from, item)
  const { created, modified, immutable } = item
  return addItem(to, folder, item, from === to ? { created, modified, immutable } : { created, modified })
}
