import { decodeWords } from '../../../domain/encodedWords.ts'
import { collapsed, dateSeconds, fieldsOf } from '../../../domain/headers.ts'
import type { ItemDetails, Loss } from '../../../domain/mail.ts'
import type { OutgoingItem } from '../../mailServer.ts'
import { itemFlags, messageFlag } from '../../mapi/flags.ts'
import { addressList } from '../../mime/addressList.ts'
import type { Attachment, ParsedMessage } from '../../mime/parseMessage.ts'
import { followUpStatus, lastVerbValues } from './messageChange.ts'
import { type ExtendedValue, property } from './properties.ts'

/** A message as POST takes it, and what has to be added to it afterwards. */
export interface NewMessage {
  readonly json: Readonly<Record<string, unknown>>
  /** Too large to come along. */
  readonly later: readonly Attachment[]
  /** What a message made of JSON can't have of this one. */
  readonly losses: readonly Loss[]
}

/** Bytes of text and files, before base64, in one request: Graph takes 4 MB ("known issues"; "outlook-large-attachments" asks for upload sessions from 3 MB on). */
export const mostInRequest = 2_800_000

/**
 * A message from its MIME, as one that was sent or received: Graph makes a draft of today of whatever it is given in MIME, and ignores dates and headers
 * in JSON, but takes the MAPI properties that say the same.
 */
export function newMessage(item: OutgoingItem, parsed: ParsedMessage, mark: string | undefined): NewMessage {
  const { info, details } = item
  const flags = itemFlags(info.flags)
  const text = parsed.html ?? parsed.plain ?? ''
  const { now, later } = fitting(parsed.attachments, mostInRequest - Buffer.byteLength(text) - parsed.head.length)
  const { fields } = parsed
  const messageId = /<[^<>]+>/.exec(fields.get('message-id') ?? '')?.[0]
  const json = {
    subject: collapsed(decodeWords(fields.get('subject') ?? '')),
    body: { contentType: parsed.html === undefined ? 'text' : 'html', content: text },
    ...(messageId !== undefined && { internetMessageId: messageId.replace(/\s+/g, '') }),
    ...single('from', fields.get('from')),
    ...single('sender', fields.get('sender') ?? fields.get('from')),
    toRecipients: recipients(fieldText(parsed, 'to')),
    ccRecipients: recipients(fieldText(parsed, 'cc')),
    bccRecipients: recipients(fieldText(parsed, 'bcc')),
    replyTo: recipients(fieldText(parsed, 'reply-to')),
    importance: details?.importance ?? importanceOf(fields),
    isRead: flags.seen,
    ...(fields.has('disposition-notification-to') && { isReadReceiptRequested: true }),
    categories: flags.categories,
    ...(flags.followUp !== 'none' && { flag: followUp(followUpStatus[flags.followUp], details?.followUp) }),
    singleValueExtendedProperties: values(item, parsed, mark),
    ...(now.length > 0 && { attachments: now.map(({ file, chunks }) => fileAttachment(file, chunks)) }),
  }
  return { json, later, losses: lossesOf(parsed) }
}

/** All fields of a name as one: some messages have several To. */
const fieldText = ({ head }: ParsedMessage, wanted: string): string =>
  [...fieldsOf(head)]
    .filter(({ name }) => name === wanted)
    .map(({ value }) => value)
    .join(', ')

const recipients = (value: string) =>
  addressList(value).map(({ name, address }) => ({ emailAddress: { name: name || address, ...(address !== '' && { address }) } }))

function single(name: 'from' | 'sender', value: string | undefined): Readonly<Record<string, unknown>> {
  const [first] = recipients(value ?? '')
  return first ? { [name]: first } : {}
}

function importanceOf(fields: ReadonlyMap<string, string>): 'low' | 'normal' | 'high' {
  const importance = collapsed(fields.get('importance') ?? '').toLowerCase()
  if (importance === 'high' || importance === 'low') return importance
  const priority = /^\s*([1-5])/.exec(fields.get('x-priority') ?? '')?.[1]
  return priority === undefined || priority === '3' ? 'normal' : priority < '3' ? 'high' : 'low'
}

/** Graph wants a start beside a due date. */
function followUp(flagStatus: string, { start, due, completed }: NonNullable<ItemDetails['followUp']> = {}) {
  const time = (name: string, ms: number | undefined) =>
    ms === undefined ? {} : { [name]: { dateTime: new Date(ms).toISOString().slice(0, 19), timeZone: 'UTC' } }
  return {
    flagStatus,
    ...time('startDateTime', start ?? due),
    ...time('dueDateTime', due),
    ...(flagStatus === 'complete' && time('completedDateTime', completed)),
  }
}

/** What JSON has no words for, or Graph no ear: that it is no draft, when it came and was sent, by which way, what it answers, what it is. */
function values({ info, details }: OutgoingItem, parsed: ParsedMessage, mark: string | undefined): ExtendedValue[] {
  const flags = itemFlags(info.flags)
  const written = dateSeconds(parsed.fields.get('date') ?? '')
  const sent = details?.sent ?? (written === undefined ? info.received : written * 1000)
  const text = (id: string, value: string | undefined): ExtendedValue[] =>
    value === undefined || value === '' ? [] : [{ id, value: collapsed(value) }]
  return [
    { id: property.messageFlags, value: String((flags.seen ? messageFlag.read : 0) | (flags.draft ? messageFlag.unsent : 0)) },
    { id: property.messageDeliveryTime, value: dateTime(info.received) },
    { id: property.clientSubmitTime, value: dateTime(sent) },
    ...(flags.draft ? [] : [{ id: property.transportMessageHeaders, value: parsed.head }]),
    ...text(property.inReplyTo, parsed.fields.get('in-reply-to')),
    ...text(property.internetReferences, parsed.fields.get('references')),
    ...text(property.messageClass, itemClass(details?.itemClass, parsed)),
    ...(flags.lastVerb === undefined ? [] : lastVerbValues(flags.lastVerb)),
    ...(mark === undefined ? [] : [{ id: property.marker, value: mark }]),
  ]
}

const dateTime = (ms: number): string => new Date(ms).toISOString().replace('.000Z', 'Z')

/** [MS-OXOSMIME] 2.2.1; a form's own class isn't in the MIME and has to be named. A report would lose its own properties, so it becomes mail. */
function itemClass(told: string | undefined, { protection }: ParsedMessage): string | undefined {
  if (protection) return protection === 'clearSigned' ? 'IPM.Note.SMIME.MultipartSigned' : 'IPM.Note.SMIME'
  return told !== undefined && /^IPM\.(Note\.(?!SMIME(\.|$))|Post(\.|$))/i.test(told) ? told : undefined
}

/** Small files first: each that comes along saves requests. What isn't held can't. */
function fitting(files: readonly Attachment[], room: number) {
  let left = room
  const chosen = new Set<Attachment>()
  for (const file of files.toSorted((a, b) => a.size - b.size)) {
    if (file.size > left) break
    if (!file.chunks) continue
    left -= file.size
    chosen.add(file)
  }
  const now = files.flatMap(file => (chosen.has(file) && file.chunks ? [{ file, chunks: file.chunks }] : []))
  return { now, later: files.filter(file => !chosen.has(file)) }
}

const fileAttachment = (file: Attachment, chunks: readonly Buffer[]) => ({
  ...describedFile(file),
  contentBytes: Buffer.concat(chunks).toString('base64'),
})

/** A file as Graph takes it, but for its `contentBytes`. */
export const describedFile = ({ name, type, contentId, isInline }: Attachment) => ({
  '@odata.type': '#microsoft.graph.fileAttachment',
  name,
  contentType: type,
  ...(contentId !== undefined && { contentId }),
  isInline,
})

function lossesOf({ fields, attachments }: ParsedMessage): readonly Loss[] {
  const isReport = /^\s*multipart\/report\b/i.test(fields.get('content-type') ?? '')
  const isMeeting = attachments.some(({ type }) => type === 'text/calendar')
  return [...(isReport ? (['report'] as const) : []), ...(isMeeting ? (['meeting'] as const) : [])]
}
