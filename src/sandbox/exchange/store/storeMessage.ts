import type { Item } from '../item.ts'
import { distinguishedFolder, type Folder, type Mailbox } from '../mailbox.ts'
import { readMessage } from '../mime/readMessage.ts'
import { keys, messageFlags, setFlags, systemTime } from '../properties.ts'
import { addItem } from './addItem.ts'

export interface StoredMessage {
  /** Milliseconds since the epoch. */
  readonly received: number
  readonly isRead?: boolean
  readonly categories?: readonly string[]
}

/** Puts a message into a folder as transport would have: received, not a draft. Throws where the bytes hold no message. */
export function storeMessage(
  mailbox: Mailbox,
  folder: Folder,
  mime: Buffer,
  { received, isRead = false, categories = [] }: StoredMessage,
): Item {
  const content = readMessage(mime, received)
  if (!content) throw new Error('No message in these bytes')
  const { properties } = content
  setFlags(properties, messageFlags.unmodified | (isRead ? messageFlags.read : 0))
  properties.set(keys.deliveryTime, { type: 'SystemTime', value: systemTime(received) })
  if (categories.length > 0) properties.set(keys.keywords, { type: 'StringArray', value: categories })
  return addItem(mailbox, folder, content, { created: received, modified: received })
}

/** New mail for somebody here, unread in the inbox. */
export const deliver = (mailbox: Mailbox, mime: Buffer, received: number): Item =>
  storeMessage(mailbox, distinguishedFolder(mailbox, 'inbox'), mime, { received })
