import type { Fingerprint } from '../../../domain/fingerprint.ts'
import { carries, type ItemKey } from '../../../domain/mail.ts'
import type { Folder } from '../../mailServer.ts'
import { fingerprintOfHead, fingerprintOfProperties, hasMessageId } from '../../mapi/fingerprints.ts'
import { textAt, timeAt, type XmlNode } from '../soap/node.ts'
import { properties } from '../soap/properties.ts'
import { askEach } from './askEach.ts'
import { contentRequest } from './contents.ts'
import { extendedText } from './extendedValues.ts'
import { eachItem } from './infos.ts'
import { infoProperties, itemClassOf, itemInfo } from './itemInfo.ts'
import { asItemId, type SessionContext } from './sessionContext.ts'

const wanted = [
  ...infoProperties,
  'item:Subject',
  'item:DateTimeSent',
  properties.transportMessageHeaders,
  properties.globalObjectId,
  properties.searchKey,
] as const

/** Bytes of a message that may be its headers. */
const longestHead = 1 << 20

const itemsAtOnce = 20

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
  const headless = new Map<string, number>()
  await eachItem(
    context,
    { folder, keys, signal, wanted },
    (key, item) => {
      const head = extendedText(item, properties.transportMessageHeaders)
      const received = itemInfo(item)?.received ?? 0
      if (!carries('rfc822', itemClassOf(item))) found.set(key, fingerprintOfProperties(identity(item)))
      else if (head !== undefined && hasMessageId(head)) found.set(key, fingerprintOfHead(head, received))
      else headless.set(key, received)
    },
    () => {},
  )
  await readHeads(context, folder, [...headless.keys()], signal, (key, head) =>
    found.set(key, fingerprintOfHead(head, headless.get(key) ?? 0)),
  )
  return found
}

/** The start of each message's MIME. All of it has to be read, but no more than its head is kept. */
async function readHeads(
  context: SessionContext,
  folder: Folder,
  ids: readonly string[],
  signal: AbortSignal,
  told: (key: string, head: string) => void,
): Promise<void> {
  let chunks: Buffer[] = []
  let length = 0
  await askEach(context, ids.map(asItemId), {
    ...contentRequest('rfc822'),
    folder,
    signal,
    most: itemsAtOnce,
    content(bytes) {
      if (length < longestHead) chunks.push(bytes.subarray(0, longestHead - length))
      length += bytes.length
    },
    discard() {
      chunks = []
      length = 0
    },
    answered(key, _message, trouble) {
      if (!trouble && length > 0) told(key, Buffer.concat(chunks).toString('latin1'))
    },
    unanswerable() {},
  })
}

const identity = (item: XmlNode) => ({
  itemClass: itemClassOf(item),
  globalObjectId: extendedText(item, properties.globalObjectId),
  searchKey: extendedText(item, properties.searchKey),
  sent: timeAt(item, 'DateTimeSent'),
  subject: textAt(item, 'Subject'),
})
