import type { Item } from '../item.ts'
import { distinguishedFolder, type Mailbox } from '../mailbox.ts'
import { moveItem } from '../store/copyItem.ts'

const targets = {
  MoveToDeletedItems: 'deleteditems',
  SoftDelete: 'recoverableitemsdeletions',
  HardDelete: 'recoverableitemspurges',
} as const

/** Nothing is gone at once: what is deleted for good lies among the recoverable items, under a new id. */
export function recycle(mailbox: Mailbox, item: Item, deleteType: string): void {
  const target = Object.entries(targets).find(([name]) => name === deleteType)?.[1] ?? 'deleteditems'
  moveItem(mailbox, item, mailbox, distinguishedFolder(mailbox, target))
}
