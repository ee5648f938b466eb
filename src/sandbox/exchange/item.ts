import type { Attachment } from './attachment.ts'
import type { Properties } from './properties.ts'
import type { XmlElement } from './xml/tree.ts'

/** The schema's elements for items; a message class has one of them. */
export type ItemElement =
  | 'Message'
  | 'CalendarItem'
  | 'Contact'
  | 'DistributionList'
  | 'Task'
  | 'PostItem'
  | 'MeetingRequest'
  | 'MeetingResponse'
  | 'MeetingCancellation'
  | 'Item'

/** An item is its properties, as in any MAPI store; what a client sees as elements is a view of them. */
export interface Item {
  /** Unique in its mailbox, and given anew when it moves. */
  readonly number: number
  /** The change number of content and properties; the read flag has one of its own, as in MS-OXCFXICS. */
  change: number
  readChange: number
  itemClass: string
  /** Milliseconds since the epoch. */
  readonly created: number
  modified: number
  /** The message as it came, until somebody changes what is in it. */
  mime: Buffer | undefined
  readonly properties: Properties
  /** Elements that are kept as they are, by name: those without a property of their own here, such as a contact's addresses. */
  readonly elements: Map<string, XmlElement>
  attachments: Attachment[]
  /** Bytes, approximately: Exchange counts properties, not the message's octets. */
  size: number
}
