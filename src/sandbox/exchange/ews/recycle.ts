import type { Item } from '../item.ts'
import { distinguishedFolder, type Mailbox } from '../mailbox.ts'
import { removeItem } from '../store/addItem.ts'
import { moveItem } from '../store/copyItem.ts'

const targets = {
  MoveToDeletedItems: 'deleteditems',
  SoftDelete: 'recoverableitemsdeletions',
  HardDelete: 'recoverableitemspurges',
} as const

/** Nothing is gone at once: what is deleted for good lies among the recoverable items, under a new id, until it is deleted there. */
export function recycle(mailbox: Mailbox, item: Item, deleteType: string): void {
  const target = Object.entries(targets).find(([name]) => name === deleteType)?.[1] ?? 'deleteditems'
  if (item.folder.distinguished === 'recoverableitemspurges') removeItem(mailbox, item)
  else moveItem(mailbox, item, mailbox, distinguishedFolder(mailbox, target))
}
