import type { Fingerprint } from '../../../domain/fingerprint.ts'
import { carries, type ItemKey } from '../../../domain/mail.ts'
import type { Folder } from '../../mailServer.ts'
import { fingerprintOfHead, fingerprintOfProperties, hasMessageId, type ItemIdentity } from '../../mapi/fingerprints.ts'
import type { Reading } from './contents.ts'
import { eachStream } from './digests.ts'
import { eachMailboxItem, eachMessage } from './eachMessage.ts'
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
 * that Exchange composes; other items by what their copies share. What is gone, or can't be read, is left out.
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
      (key, item) => found.set(key, fingerprintOfProperties(identity(item, item.type ?? 'IPM'))),
      identifying,
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

/** The start of a message's MIME; what follows isn't waited for. */
async function headOf(stream: AsyncIterable<Buffer>): Promise<string> {
  let text = ''
  for await (const bytes of stream) {
    text += bytes.toString('latin1')
    if (/\r?\n\r?\n/.test(text) || text.length > longestHead) break
  }
  return text
}
