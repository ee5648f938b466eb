import { randomUUID } from 'node:crypto'
import type { Item } from '../item.ts'
import type { Mailbox } from '../mailbox.ts'
import { addressesOf } from '../mime/composeMessage.ts'
import { type Organisation, ownerOf } from '../organisation.ts'
import { keys, textOf } from '../properties.ts'
import { childText } from '../xml/tree.ts'
import { send } from './send.ts'

/** Everybody an appointment was, or would be, sent to. */
export const attendeesOf = ({ elements }: Item): string[] =>
  ['RequiredAttendees', 'OptionalAttendees', 'Resources']
    .flatMap(name => addressesOf(elements.get(name)))
    .map(({ address }) => address)
    .filter(address => address !== '')

/** Whether the mailbox's owner called the meeting; only then do its cancellations go to everybody. */
export function isOrganizer(organisation: Organisation, mailbox: Mailbox, item: Item): boolean {
  const organizer = childText(item.elements.get('Organizer')?.children[0], 'EmailAddress')
  return organizer === undefined || organizer.toLowerCase() === ownerOf(organisation, mailbox)?.primarySmtpAddress.toLowerCase()
}

const subjects = { REQUEST: '', CANCEL: 'Canceled: ', REPLY: 'Declined: ' }
const classes = { REQUEST: 'IPM.Schedule.Meeting.Request', CANCEL: 'IPM.Schedule.Meeting.Canceled', REPLY: 'IPM.Schedule.Meeting.Resp.Neg' }

/** Sends a meeting's request, cancellation or reply (RFC 5546) to whom it concerns. */
export function sendMeeting(organisation: Organisation, mailbox: Mailbox, item: Item, method: 'REQUEST' | 'CANCEL' | 'REPLY'): void {
  const from = ownerOf(organisation, mailbox)?.primarySmtpAddress
  const organizer = childText(item.elements.get('Organizer')?.children[0], 'EmailAddress')
  const to = method === 'REPLY' ? (organizer ? [organizer] : []) : attendeesOf(item)
  if (from === undefined || to.length === 0) return
  const stamp = (key: string): string => (textOf(item.properties, key) ?? '').replace(/[-:]/g, '')
  const mime = [
    `From: <${from}>`,
    `To: ${to.map(address => `<${address}>`).join(', ')}`,
    `Subject: =?utf-8?B?${Buffer.from(subjects[method] + (textOf(item.properties, keys.subject) ?? '')).toString('base64')}?=`,
    `Date: ${new Date(organisation.now()).toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${randomUUID()}@${from.split('@')[1] ?? 'localhost'}>`,
    'MIME-Version: 1.0',
    `Content-Type: text/calendar; charset="utf-8"; method=${method}`,
    '',
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    `METHOD:${method}`,
    'BEGIN:VEVENT',
    `UID:${item.elements.get('UID')?.text ?? ''}`,
    `DTSTART:${stamp(keys.appointmentStart)}`,
    `DTEND:${stamp(keys.appointmentEnd)}`,
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n')
  send(organisation, { from, to, mime: Buffer.from(mime), itemClass: classes[method] })
}
