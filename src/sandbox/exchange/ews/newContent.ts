import { randomBytes } from 'node:crypto'
import { writeExtended } from '../fields/extended.ts'
import { writeField } from '../fields/writeField.ts'
import { elementFor, type ItemContent } from '../item.ts'
import { readMessage } from '../mime/readMessage.ts'
import { flagsOf, keys, messageFlags, setFlags, textOf } from '../properties.ts'
import { child, element, type XmlElement } from '../xml/tree.ts'
import { EwsError } from './ewsError.ts'
import { newAttachment } from './newAttachment.ts'
import type { Session } from './session.ts'

const classes: Readonly<Record<string, string>> = {
  Message: 'IPM.Note',
  Item: 'IPM.Note',
  CalendarItem: 'IPM.Appointment',
  Contact: 'IPM.Contact',
  DistributionList: 'IPM.DistList',
  Task: 'IPM.Task',
  PostItem: 'IPM.Post',
  MeetingRequest: 'IPM.Schedule.Meeting.Request',
  MeetingResponse: 'IPM.Schedule.Meeting.Resp.Pos',
  MeetingCancellation: 'IPM.Schedule.Meeting.Canceled',
}

/** What an item of CreateItem is to consist of: its MIME first, then its fields and properties on top. */
export function newContent(given: XmlElement, session: Session): ItemContent {
  const content = beginning(given, session)
  setFlags(content.properties, 0)
  let flagsGiven = false
  for (const field of given.children) {
    if (field.name === 'MimeContent') continue
    if (field.name === 'Attachments') {
      content.attachments = [...content.attachments, ...field.children.map((one, index) => newAttachment(one, index + 1, session.now))]
    } else if (field.name === 'ExtendedProperty') {
      writeExtended(content, field, true)
      flagsGiven ||= isMessageFlags(field)
    } else writeField(content, field)
  }
  if (!flagsGiven) {
    const read = child(given, 'IsRead')?.text.trim() ?? 'true'
    setFlags(content.properties, messageFlags.unsent | (read === 'true' || read === '1' ? messageFlags.read : 0))
  }
  setFlags(content.properties, flagsOf(content.properties) & ~messageFlags.hasAttachments)
  checkClass(content, given.name)
  if (given.name === 'CalendarItem') completeAppointment(content, session)
  return content
}

function beginning(given: XmlElement, { now }: Session): ItemContent {
  const itemClass = classes[given.name] ?? 'IPM.Note'
  const mime = child(given, 'MimeContent')
  if (!mime) return { itemClass, mime: undefined, properties: new Map(), elements: new Map(), attachments: [], isAssociated: false }
  if (given.name !== 'Message' && given.name !== 'Item' && given.name !== 'PostItem')
    throw new EwsError('ErrorUnsupportedMimeConversion', 'MIME of this kind of item is not supported.')
  const content = readMessage(Buffer.from(mime.text, 'base64'), now)
  if (!content) throw new EwsError('ErrorMimeContentInvalid')
  return given.name === 'PostItem' ? { ...content, itemClass } : content
}

const isMessageFlags = (field: XmlElement): boolean => /^(0x0*e07|3591)$/i.test(field.children[0]?.attributes['PropertyTag'] ?? '')

/** A class that has an element of its own is created by that element. */
function checkClass({ itemClass }: ItemContent, name: string): void {
  const own = elementFor(itemClass)
  if (own !== 'Item' && own !== name && !(name === 'Item' && own === 'Message')) {
    throw new EwsError('ErrorObjectTypeChanged', 'The object type changed: the item class belongs to another element.')
  }
}

/** What the server adds to an appointment (MS-OXOCAL). */
function completeAppointment({ properties, elements }: ItemContent, { actor }: Session): void {
  const start = Date.parse(textOf(properties, keys.appointmentStart) ?? '')
  const end = Date.parse(textOf(properties, keys.appointmentEnd) ?? '')
  if (end < start) throw new EwsError('ErrorCalendarEndDateIsEarlierThanStartDate', 'EndDate is earlier than StartDate.')
  const set = (name: string, text: string): unknown => elements.set(name, element(`t:${name}`, text))
  const isMeeting = ['RequiredAttendees', 'OptionalAttendees', 'Resources'].some(name => elements.has(name))
  if (!elements.has('UID')) set('UID', `040000008200E00074C5B7101A82E008${randomBytes(40).toString('hex').toUpperCase()}`)
  set('IsMeeting', String(isMeeting))
  set('IsCancelled', 'false')
  set('IsRecurring', 'false')
  set('CalendarItemType', elements.has('Recurrence') ? 'RecurringMaster' : 'Single')
  set('MyResponseType', isMeeting ? 'Organizer' : 'Unknown')
  elements.set(
    'Organizer',
    element('t:Organizer', [
      element('t:Mailbox', [
        element('t:Name', actor.displayName),
        element('t:EmailAddress', actor.primarySmtpAddress),
        element('t:RoutingType', 'SMTP'),
      ]),
    ]),
  )
}
