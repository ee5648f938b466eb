import type { Item } from '../../../src/sandbox/exchange/item.ts'
import { distinguishedFolder, type Mailbox } from '../../../src/sandbox/exchange/mailbox.ts'
import { keys } from '../../../src/sandbox/exchange/properties.ts'
import { addItem } from '../../../src/sandbox/exchange/store/addItem.ts'

/** Puts a contact into a mailbox, as a person does. */
export function addContact(mailbox: Mailbox, name: string): Item {
  const content = {
    itemClass: 'IPM.Contact',
    mime: undefined,
    properties: new Map([[keys.subject, { type: 'String' as const, value: name }]]),
    elements: new Map(),
    attachments: [],
    isAssociated: false,
  }
  const now = Date.now()
  return addItem(mailbox, distinguishedFolder(mailbox, 'contacts'), content, { created: now, modified: now })
}
