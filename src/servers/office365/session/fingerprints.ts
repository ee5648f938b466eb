import type { Fingerprint } from '../../../domain/fingerprint.ts'
import { carries, type ItemKey } from '../../../domain/mail.ts'
import type { Folder } from '../../mailServer.ts'
import { fingerprintOfHead, fingerprintOfProperties, hasMessageId, type ItemIdentity } from '../../mapi/fingerprints.ts'
import type { Reading } from './contents.ts'
import { eachStream } from './digests.ts'
import { eachMailboxItem, eachMessage } from './eachMessage.ts'
import { type MailboxItem, mailboxItemInfo } from './mailboxItemInfo.ts'
import { classOf, messageInfo, messageQuery } from './messageInfo.ts'
import { expanding, extendedText, extendedTime, property } from './properties.ts'
import { holdsMessages, type SessionContext } from './sessionContext.ts'

const identifying = [property.globalObjectId, property.searchKey, property.clientSubmitTime, property.subject] as const

const query = messageQuery.replace(
  /&\$expand=.*$/,
  `&$expand=${encodeURIComponent(expanding([property.messageClass, property.transportMessageHeaders, ...identifying]))}`,
)

/** Bytes of a message that may be its headers. */
const longestHead = 1 << 20

/**
 * By what items are recognised whoever put them there. Mail by its headers as it was received with, or, where it never was (sent mail, drafts), by those
 * that Exchange composes, of which an archive tells only what they are made from; other items by what their copies share. What is gone, or can't be read, is left out.
 */
export async function fingerprints(
  context: SessionContext,
  folder: Folder,
  keys: readonly ItemKey[],
  signal: AbortSignal,
): Promise<Map<ItemKey, Fingerprint>> {
  const found = new Map<ItemKey, Fingerprint>()
  const asked = { folder, keys, signal, unanswerable: () => {} }
  if (!holdsMessages(context, folder)) {
    await eachMailboxItem(
      context,
      asked,
      (key, item) => found.set(key, ofItem(item)),
      context.mail ? identifying : [...identifying, ...ofHeaders],
    )
    return found
  }
  const headless = new Map<string, number>()
  await eachMessage(context, { ...asked, query }, (key, message) => {
    const head = extendedText(message, property.transportMessageHeaders)
    const { received } = messageInfo(message)
    if (!carries('rfc822', classOf(message))) found.set(key, fingerprintOfProperties(identity(message, classOf(message))))
    else if (head !== undefined && hasMessageId(head)) found.set(key, fingerprintOfHead(head, received))
    else headless.set(key, received)
  })
  const reading: Reading = { context, folder, format: 'rfc822', signal }
  await eachStream(reading, [...headless.keys()], async (key, stream) => {
    const head = await headOf(stream)
    if (head !== '') found.set(key, fingerprintOfHead(head, headless.get(key) ?? 0))
  })
  return found
}

type Entity = Parameters<typeof extendedText>[0]

const identity = (entity: Entity, itemClass: string): ItemIdentity => ({
  itemClass,
  globalObjectId: extendedText(entity, property.globalObjectId),
  searchKey: extendedText(entity, property.searchKey),
  sent: extendedTime(entity, property.clientSubmitTime),
  subject: extendedText(entity, property.subject),
})

/** Mail of an archive by its headers, as in the mailbox; where it never had any, by those that would be composed. */
function ofItem(item: MailboxItem): Fingerprint {
  const head = headOfProperties(item)
  const itemClass = item.type ?? 'IPM'
  if (head === undefined || !carries('rfc822', itemClass)) return fingerprintOfProperties(identity(item, itemClass))
  return fingerprintOfHead(head, mailboxItemInfo(item).received)
}

const ofHeaders = [property.transportMessageHeaders, property.internetMessageId, property.messageDeliveryTime] as const

function headOfProperties(item: MailboxItem): string | undefined {
  const head = extendedText(item, property.transportMessageHeaders)
  if (head !== undefined && hasMessageId(head)) return head
  const id = extendedText(item, property.internetMessageId)
  const sent = extendedTime(item, property.clientSubmitTime)
  if (id === undefined || sent === undefined) return undefined
  const subject = Buffer.from(extendedText(item, property.subject) ?? '').toString('base64')
  return `Message-ID: ${id}\r\nDate: ${new Date(sent).toUTCString()}\r\nSubject: =?utf-8?B?${subject}?=\r\n`
}

/** The start of a message's MIME; what follows isn't waited for. */
async function headOf(stream: AsyncIterable<Buffer>): Promise<string> {
  let text = ''
  for await (const bytes of stream) {
    text += bytes.toString('latin1')
    if (/\r?\n\r?\n/.test(text) || text.length > longestHead) break
  }
  return text
}
