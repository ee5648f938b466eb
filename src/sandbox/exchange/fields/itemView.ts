import { writeChangeKey, writeId } from '../ews/ids.ts'
import type { Item } from '../item.ts'
import type { Mailbox } from '../mailbox.ts'
import type { Organisation } from '../organisation.ts'
import { element, type XmlElement } from '../xml/tree.ts'

/** An item, and how its client wants to see it. */
export interface ItemView {
  readonly organisation: Organisation
  readonly mailbox: Mailbox
  readonly item: Item
  readonly bodyType: 'Best' | 'HTML' | 'Text'
  /** FindItem's and SyncFolderItems' view: names without addresses. */
  readonly isListing: boolean
}

/** An item's change number as its change key has it: also another one when it was read. */
export const itemChange = ({ change, readChange }: Item): number => Math.max(change, readChange)

export const itemIdElement = (organisation: Organisation, mailboxGuid: string, item: Item): XmlElement =>
  element('t:ItemId', [], {
    Id: writeId(organisation, { kind: 'item', mailboxGuid, number: item.number }),
    ChangeKey: writeChangeKey(organisation, itemChange(item)),
  })

export const folderIdElement = (
  name: 'FolderId' | 'ParentFolderId',
  organisation: Organisation,
  mailboxGuid: string,
  { number, change }: { readonly number: number; readonly change: number },
): XmlElement =>
  element(`t:${name}`, [], {
    Id: writeId(organisation, { kind: 'folder', mailboxGuid, number }),
    ChangeKey: writeChangeKey(organisation, change),
  })

/** `withRoot`: with the item's own id, as answers to changes of attachments have it. */
export const attachmentIdElement = (
  organisation: Organisation,
  mailboxGuid: string,
  item: Item,
  number: number,
  withRoot = false,
): XmlElement => {
  const root = itemIdElement(organisation, mailboxGuid, item).attributes
  return element('t:AttachmentId', [], {
    Id: writeId(organisation, { kind: 'attachment', mailboxGuid, number, item: item.number }),
    ...(withRoot && { RootItemId: root['Id'] ?? '', RootItemChangeKey: root['ChangeKey'] ?? '' }),
  })
}
