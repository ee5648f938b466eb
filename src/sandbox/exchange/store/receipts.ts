import { randomUUID } from 'node:crypto'
import type { Item } from '../item.ts'
import type { Mailbox } from '../mailbox.ts'
import { addressesOf } from '../mime/composeMessage.ts'
import { header, parseAddresses, readHeaders } from '../mime/headers.ts'
import { type Organisation, ownerOf } from '../organisation.ts'
import { flagsOf, keys, messageFlags, textOf } from '../properties.ts'
import { send } from './send.ts'

/** Whether somebody waits to hear that this message was read. Never so for one's own drafts and sent mail. */
export const asksForReceipt = ({ properties }: Item): boolean =>
  textOf(properties, keys.readReceiptRequested) === 'true' && (flagsOf(properties) & (messageFlags.unsent | messageFlags.fromMe)) === 0

export const isRead = ({ properties }: Item): boolean => (flagsOf(properties) & messageFlags.read) !== 0

/** Nobody will be told about this message any more. */
export const settleReceipt = ({ properties }: Item): unknown =>
  properties.set(keys.readReceiptRequested, { type: 'Boolean', value: 'false' })

/** Tells the sender that a message was read, or deleted unread (RFC 8098), and settles it. */
export function sendReceipt(organisation: Organisation, mailbox: Mailbox, item: Item, disposition: 'displayed' | 'deleted'): void {
  settleReceipt(item)
  const reader = ownerOf(organisation, mailbox)
  const asked = item.mime && header(readHeaders(item.mime, 0, item.mime.length).headers, 'Disposition-Notification-To')
  const to = asked ? parseAddresses(asked)[0]?.address : addressesOf(item.elements.get('From'))[0]?.address
  if (!reader || !to) return
  const subject = `${disposition === 'displayed' ? 'Read' : 'Not read'}: ${textOf(item.properties, keys.subject) ?? ''}`
  const from = reader.primarySmtpAddress
  const boundary = `_${randomUUID()}_`
  const mime = [
    `From: <${from}>`,
    `To: <${to}>`,
    `Subject: =?utf-8?B?${Buffer.from(subject).toString('base64')}?=`,
    `Date: ${new Date(organisation.now()).toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${randomUUID()}@${from.split('@')[1] ?? 'localhost'}>`,
    'MIME-Version: 1.0',
    `Content-Type: multipart/report; report-type=disposition-notification; boundary="${boundary}"`,
    '',
    `--${boundary}`,
    'Content-Type: text/plain; charset="us-ascii"',
    '',
    `Your message was ${disposition === 'displayed' ? 'read' : 'deleted without being read'}.`,
    `--${boundary}`,
    'Content-Type: message/disposition-notification',
    '',
    `Final-Recipient: rfc822;${from}`,
    `Original-Message-ID: ${textOf(item.properties, keys.internetMessageId) ?? ''}`,
    `Disposition: automatic-action/MDN-sent-automatically; ${disposition}`,
    `--${boundary}--`,
    '',
  ].join('\r\n')
  send(organisation, {
    from,
    to: [to],
    mime: Buffer.from(mime),
    itemClass: disposition === 'displayed' ? 'REPORT.IPM.Note.IPNRN' : 'REPORT.IPM.Note.IPNNRN',
  })
}
