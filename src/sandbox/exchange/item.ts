import type { Attachment } from './attachment.ts'
import type { Folder } from './mailbox.ts'
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

/** What an item consists of: its properties, as in any MAPI store. What a client sees as elements is a view of them. */
export interface ItemContent {
  /** The message class, such as `IPM.Note`. */
  itemClass: string
  /** The message as it came, until somebody changes what is in it. */
  mime: Buffer | undefined
  readonly properties: Properties
  /** Elements that are kept as they are, by name: those without a property of their own here, such as a contact's addresses. */
  readonly elements: Map<string, XmlElement>
  attachments: Attachment[]
  /** Folder-associated information (FAI): hidden from people. */
  readonly isAssociated: boolean
}

export interface Item extends ItemContent {
  /** Unique in its mailbox, and given anew when it moves. */
  readonly number: number
  /** The number it was created with in its mailbox: stays as long as the item does (Graph's immutable id). */
  readonly immutable: number
  readonly folder: Folder
  /** The change numbers of content and of the read flag, which has one of its own as in MS-OXCFXICS. */
  change: number
  readChange: number
  /** Milliseconds since the epoch. */
  readonly created: number
  modified: number
  /** Bytes, approximately: Exchange counts properties, not the message's octets. */
  size: number
}

/** Which element shows items of a message class. */
export function elementFor(itemClass: string): ItemElement {
  const known = elements.find(([prefix]) => itemClass.toUpperCase() === prefix || itemClass.toUpperCase().startsWith(`${prefix}.`))
  return known?.[1] ?? 'Item'
}

const elements: readonly (readonly [string, ItemElement])[] = [
  ['IPM.SCHEDULE.MEETING.REQUEST', 'MeetingRequest'],
  ['IPM.SCHEDULE.MEETING.RESP', 'MeetingResponse'],
  ['IPM.SCHEDULE.MEETING.CANCELED', 'MeetingCancellation'],
  ['IPM.NOTE', 'Message'],
  ['REPORT', 'Message'],
  ['IPM.APPOINTMENT', 'CalendarItem'],
  ['IPM.CONTACT', 'Contact'],
  ['IPM.DISTLIST', 'DistributionList'],
  ['IPM.TASK', 'Task'],
  ['IPM.POST', 'PostItem'],
]
