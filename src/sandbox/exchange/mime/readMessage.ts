import type { Attachment } from '../attachment.ts'
import type { ItemContent } from '../item.ts'
import { keys, type Properties, type PropertyType, systemTime } from '../properties.ts'
import { element, type XmlElement } from '../xml/tree.ts'
import { type Address, decodeWords, type Headers, header, parseAddresses, readHeaders } from './headers.ts'
import { decodedSize, decodePart, fileName, isAttachment, leaves, type Part, readParts } from './parts.ts'

/**
 * What Exchange makes of a message: properties, recipients, attachments. Damaged mail is taken as it is; only what holds no message at all is refused:
 * undefined then.
 */
export function readMessage(mime: Buffer, now: number): ItemContent | undefined {
  if (!mime.some(byte => byte !== 0 && byte !== 0x20 && byte !== 0x0d && byte !== 0x0a && byte !== 0x09)) return undefined
  const root = readParts(mime)
  return {
    itemClass: classOf(root),
    mime,
    properties: propertiesOf(root.headers, mime),
    elements: recipientsOf(root.headers),
    attachments: attachmentsOf(mime, root, now),
    isAssociated: false,
  }
}

/** Message classes of what has one of its own in Exchange (MS-OXCMAIL 2.1.3.2). */
function classOf({ contentType, parameters }: Part): string {
  if (contentType === 'multipart/signed') return 'IPM.Note.SMIME.MultipartSigned'
  if (contentType === 'application/pkcs7-mime' || contentType === 'application/x-pkcs7-mime') return 'IPM.Note.SMIME'
  if (contentType !== 'multipart/report') return 'IPM.Note'
  return parameters.get('report-type') === 'disposition-notification' ? 'REPORT.IPM.Note.IPNRN' : 'REPORT.IPM.Note.NDR'
}

function propertiesOf(headers: Headers, mime: Buffer): Properties {
  const properties: Properties = new Map()
  const set = (key: string, type: PropertyType, value: string | undefined): void => {
    if (value !== undefined) properties.set(key, { type, value })
  }
  const subject = decodeWords(header(headers, 'Subject') ?? '')
  const sent = Date.parse(header(headers, 'Date')?.replace(/\([^)]*\)/g, '') ?? '')
  const [from] = parseAddresses(header(headers, 'From') ?? '')
  const end = mime.indexOf('\r\n\r\n')
  set(keys.subject, 'String', subject)
  set(keys.conversationTopic, 'String', subject.replace(/^((re|fw|fwd|aw|wg|sv|vs|tr|antw)\s*:\s*)+/i, ''))
  set(keys.internetMessageId, 'String', header(headers, 'Message-ID'))
  set(keys.inReplyTo, 'String', header(headers, 'In-Reply-To'))
  set(keys.references, 'String', header(headers, 'References'))
  set(keys.importance, 'Integer', importanceOf(headers))
  set(keys.sensitivity, 'Integer', sensitivityOf(headers))
  set(keys.clientSubmitTime, 'SystemTime', Number.isNaN(sent) ? undefined : systemTime(sent))
  set(keys.senderName, 'String', from && (from.name || from.address))
  set(keys.senderAddress, 'String', from?.address)
  set(keys.displayTo, 'String', displayNames(headers, 'To'))
  set(keys.displayCc, 'String', displayNames(headers, 'Cc'))
  set(keys.displayBcc, 'String', displayNames(headers, 'Bcc'))
  set(keys.transportHeaders, 'String', mime.subarray(0, end === -1 ? Math.min(mime.length, 65536) : end + 2).toString('latin1'))
  if (header(headers, 'Disposition-Notification-To')) set(keys.readReceiptRequested, 'Boolean', 'true')
  if (header(headers, 'Return-Receipt-To')) set(keys.deliveryReceiptRequested, 'Boolean', 'true')
  return properties
}

function importanceOf(headers: Headers): string {
  const text = (header(headers, 'Importance') ?? '').toLowerCase()
  const priority = (header(headers, 'X-Priority') ?? '').trim()[0]
  if (text === 'high' || (text === '' && (priority === '1' || priority === '2'))) return '2'
  return text === 'low' || (text === '' && (priority === '4' || priority === '5')) ? '0' : '1'
}

function sensitivityOf(headers: Headers): string {
  const known = ['normal', 'personal', 'private', 'company-confidential'].indexOf((header(headers, 'Sensitivity') ?? '').toLowerCase())
  return String(Math.max(0, known))
}

const displayNames = (headers: Headers, name: string): string =>
  parseAddresses(header(headers, name) ?? '')
    .map(one => one.name || one.address)
    .join('; ')

const recipientFields = [
  ['Sender', 'Sender'],
  ['From', 'From'],
  ['To', 'ToRecipients'],
  ['Cc', 'CcRecipients'],
  ['Bcc', 'BccRecipients'],
  ['Reply-To', 'ReplyTo'],
] as const

function recipientsOf(headers: Headers): Map<string, XmlElement> {
  const elements = new Map<string, XmlElement>()
  for (const [field, name] of recipientFields) {
    const single = name === 'From' || name === 'Sender'
    const value = header(headers, field) ?? (name === 'Sender' ? header(headers, 'From') : undefined)
    const addresses = parseAddresses(value ?? '').slice(0, single ? 1 : undefined)
    if (addresses.length > 0) elements.set(name, element(`t:${name}`, addresses.map(mailboxElement)))
  }
  return elements
}

export const mailboxElement = ({ name, address }: Address): XmlElement =>
  element('t:Mailbox', [
    element('t:Name', name || address),
    ...(address === '' ? [] : [element('t:EmailAddress', address), element('t:RoutingType', 'SMTP')]),
  ])

/** Where a message's bodies are. */
export interface Bodies {
  readonly text: Part | undefined
  readonly html: Part | undefined
}

export function bodiesOf(root: Part): Bodies {
  const texts = leaves(root).filter(part => !isAttachment(part))
  return { text: texts.find(part => part.contentType === 'text/plain'), html: texts.find(part => part.contentType === 'text/html') }
}

function attachmentsOf(mime: Buffer, root: Part, now: number): Attachment[] {
  // What is signed or sealed is one attachment, as Exchange has it (MS-OXOSMIME 2.1).
  if (root.contentType === 'multipart/signed' || root.contentType.endsWith('pkcs7-mime')) {
    return [attachment(mime, { ...root, children: [], headers: [] }, 1, now, 'smime.p7m')]
  }
  const bodies = bodiesOf(root)
  return leaves(root)
    .filter(part => part !== bodies.text && part !== bodies.html)
    .map((part, index) => attachment(mime, part, index + 1, now, fileName(part) ?? nameFor(mime, part, index)))
}

function attachment(mime: Buffer, part: Part, number: number, now: number, name: string): Attachment {
  const contentId = header(part.headers, 'Content-ID')?.replace(/^<|>$/g, '')
  const inline = /^inline/i.test(header(part.headers, 'Content-Disposition') ?? '')
  return {
    number,
    name,
    contentType: part.contentType,
    contentId,
    isInline: inline && contentId !== undefined,
    size: decodedSize(part),
    content: () => decodePart(mime, part),
    modified: now,
  }
}

/** An enclosed message is named by its subject. */
function nameFor(mime: Buffer, part: Part, index: number): string {
  if (part.contentType !== 'message/rfc822')
    return `ATT${String(index + 1).padStart(5, '0')}.${part.contentType === 'text/html' ? 'htm' : 'txt'}`
  const subject = header(readHeaders(mime, part.start, part.end).headers, 'Subject')
  return `${decodeWords(subject ?? '') || 'Untitled'}.eml`
}
