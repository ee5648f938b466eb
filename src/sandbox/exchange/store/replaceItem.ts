import type { Item, ItemContent } from '../item.ts'
import type { Mailbox } from '../mailbox.ts'
import { removeItem, touchItem } from './addItem.ts'

/** The same item, by its id, with another content. */
export function replaceItem(mailbox: Mailbox, old: Item, content: ItemContent, now: number): Item {
  removeItem(mailbox, old)
  const item: Item = { ...old, ...content, size: 0 }
  old.folder.items.set(item.number, item)
  mailbox.items.set(item.number, item)
  touchItem(mailbox, item, now)
  return item
}
