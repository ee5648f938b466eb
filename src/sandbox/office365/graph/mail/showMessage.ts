import type { FollowupFlag, InternetMessageHeader, ItemBody, Message, Recipient } from '@microsoft/microsoft-graph-types'
import { elementFor, type Item } from '../../../exchange/item.ts'
import type { Mailbox } from '../../../exchange/mailbox.ts'
import { addressesOf, bodyTexts } from '../../../exchange/mime/composeMessage.ts'
import { readHeaders } from '../../../exchange/mime/headers.ts'
import { flagsOf, keys, messageFlags, textOf } from '../../../exchange/properties.ts'
import { type GraphCall, wantsTextBodies } from '../call.ts'
import { changeKey, etag, folderId, itemId } from '../ids.ts'
import { type Expansion, showExtended } from './extended.ts'
import { showAttachment } from './showAttachment.ts'

export const messageProperties = [
  'id',
  'createdDateTime',
  'lastModifiedDateTime',
  'changeKey',
  'categories',
  'receivedDateTime',
  'sentDateTime',
  'hasAttachments',
  'internetMessageId',
  'internetMessageHeaders',
  'subject',
  'bodyPreview',
  'importance',
  'parentFolderId',
  'conversationId',
  'conversationIndex',
  'isDeliveryReceiptRequested',
  'isReadReceiptRequested',
  'isRead',
  'isDraft',
  'webLink',
  'inferenceClassification',
  'body',
  'sender',
  'from',
  'toRecipients',
  'ccRecipients',
  'bccRecipients',
  'replyTo',
  'uniqueBody',
  'flag',
]

/** Items that Graph shows among messages. */
export const isMessage = ({ itemClass, isAssociated }: Item): boolean =>
  !isAssociated && !['CalendarItem', 'Contact', 'DistributionList', 'Task'].includes(elementFor(itemClass))

const types: Readonly<Record<string, string>> = {
  MeetingRequest: '#microsoft.graph.eventMessageRequest',
  MeetingResponse: '#microsoft.graph.eventMessageResponse',
  MeetingCancellation: '#microsoft.graph.eventMessage',
}

const iso = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`

/** A message as Graph shows it. Headers come only where they are selected, and of drafts there are none. */
export function showMessage(call: GraphCall, mailbox: Mailbox, item: Item, expansion: Expansion, select?: readonly string[]): Message {
  const { tenant } = call.site
  const { properties, elements } = item
  const flags = flagsOf(properties)
  const isDraft = (flags & messageFlags.unsent) !== 0
  const text = (key: string): string | undefined => textOf(properties, key)
  const body = bodyOf(item, wantsTextBodies(call))
  const type = types[elementFor(item.itemClass)]
  const wants = (name: string): boolean => select?.includes(name) ?? false
  const message: Message = {
    id: itemId(call, mailbox, item),
    createdDateTime: iso(item.created),
    lastModifiedDateTime: iso(item.modified),
    changeKey: changeKey(tenant, item),
    categories: [...keywordsOf(item)],
    receivedDateTime: text(keys.deliveryTime) ?? iso(item.created),
    sentDateTime: text(keys.clientSubmitTime) ?? iso(item.created),
    hasAttachments: item.attachments.some(({ isInline }) => !isInline),
    internetMessageId: text(keys.internetMessageId) ?? null,
    subject: text(keys.subject) ?? null,
    bodyPreview: plain(body).replace(/\s+/g, ' ').trim().slice(0, 255),
    importance: importances[Number(text(keys.importance) ?? 1)] ?? 'normal',
    parentFolderId: folderId(tenant, mailbox, item.folder),
    conversationId: null,
    isDeliveryReceiptRequested: text(keys.deliveryReceiptRequested) === 'true',
    isReadReceiptRequested: text(keys.readReceiptRequested) === 'true',
    isRead: (flags & messageFlags.read) !== 0,
    isDraft,
    inferenceClassification: 'focused',
    body,
    toRecipients: recipients(elements.get('ToRecipients')),
    ccRecipients: recipients(elements.get('CcRecipients')),
    bccRecipients: recipients(elements.get('BccRecipients')),
    replyTo: recipients(elements.get('ReplyTo')),
    flag: flagOf(item),
    ...one('from', elements.get('From')),
    ...one('sender', elements.get('Sender') ?? elements.get('From')),
    ...(wants('uniqueBody') && { uniqueBody: body }),
    ...(wants('internetMessageHeaders') && { internetMessageHeaders: headersOf(item) }),
    ...(expansion.attachments && { attachments: item.attachments.map(file => showAttachment(call, mailbox, item, file)) }),
    ...showExtended(item, expansion),
  }
  return { '@odata.etag': etag(tenant, item), ...(type && { '@odata.type': type }), ...message } as Message
}

const importances = ['low', 'normal', 'high'] as const

function keywordsOf({ properties }: Item): readonly string[] {
  const value = properties.get(keys.keywords)?.value ?? []
  return typeof value === 'string' ? [value] : value
}

function bodyOf(item: Item, asText: boolean): ItemBody {
  const { text, html } = bodyTexts(item)
  if (html !== undefined && !(asText && text !== undefined))
    return asText ? { contentType: 'text', content: plainFrom(html) } : { contentType: 'html', content: html }
  return { contentType: 'text', content: text ?? '' }
}

const plainFrom = (html: string): string => html.replace(/<(style|script)[\s\S]*?<\/\1>/gi, '').replace(/<[^>]*>/g, '')

const plain = ({ contentType, content }: ItemBody): string => (contentType === 'html' ? plainFrom(content ?? '') : (content ?? ''))

const recipient = ({ name, address }: { readonly name: string; readonly address: string }): Recipient => ({
  emailAddress: { name: name || address, ...(address !== '' && { address }) },
})

const recipients = (element: Parameters<typeof addressesOf>[0]): Recipient[] => addressesOf(element).map(recipient)

function one(name: 'from' | 'sender', element: Parameters<typeof addressesOf>[0]): Pick<Message, 'from' | 'sender'> {
  const [first] = addressesOf(element)
  return first ? { [name]: recipient(first) } : {}
}

function flagOf({ properties }: Item): FollowupFlag {
  const status = textOf(properties, keys.flagStatus)
  const zoned = (key: string) => {
    const time = textOf(properties, key)
    return time === undefined ? undefined : { dateTime: `${time.slice(0, 19)}.0000000`, timeZone: 'UTC' }
  }
  const [start, due, completed] = [zoned(keys.taskStartDate), zoned(keys.taskDueDate), zoned(keys.flagCompleteTime)]
  return {
    flagStatus: status === '2' ? 'flagged' : status === '1' ? 'complete' : 'notFlagged',
    ...(start && { startDateTime: start }),
    ...(due && { dueDateTime: due }),
    ...(completed && { completedDateTime: completed }),
  }
}

function headersOf({ properties }: Item): InternetMessageHeader[] {
  const text = Buffer.from(textOf(properties, keys.transportHeaders) ?? '', 'latin1')
  return readHeaders(text, 0, text.length).headers.map(({ name, value }) => ({ name, value }))
}
