import { randomUUID } from 'node:crypto'
import { checkRoom } from '../../../exchange/ews/placing.ts'
import type { Item, ItemContent } from '../../../exchange/item.ts'
import type { Folder, Mailbox } from '../../../exchange/mailbox.ts'
import { composeMessage } from '../../../exchange/mime/composeMessage.ts'
import { readMessage } from '../../../exchange/mime/readMessage.ts'
import { flagsOf, keys, messageFlags, setFlags, systemTime } from '../../../exchange/properties.ts'
import { addItem } from '../../../exchange/store/addItem.ts'
import { type GraphCall, jsonBody } from '../call.ts'
import { GraphError } from '../graphError.ts'
import { newAttachment } from './newAttachment.ts'
import { writeMessage } from './writeMessage.ts'

/** Creates a message from the request's body: JSON, or MIME in base64 (`text/plain`). */
export function createMessage(call: GraphCall, mailbox: Mailbox, folder: Folder): Item {
  const isMime = /^text\/plain\b/i.test(call.headers['content-type'] ?? '')
  const content = isMime ? ofMime(call) : ofJson(call, jsonBody(call))
  checkRoom(call.site.tenant, mailbox, content)
  const item = addItem(mailbox, folder, content, { created: call.now, modified: call.now })
  call.site.tenant.arrivals.set(item, call.now)
  return item
}

/** A draft, always: read, unsent, dated now, whatever its header says ("Microsoft Graph docs", issue 2790). */
function ofMime({ body, now }: GraphCall): ItemContent {
  const base64 = body.toString('latin1').replace(/\s+/g, '')
  const mime = Buffer.from(base64, 'base64')
  const content = mime.toString('base64').replace(/=+$/, '') === base64.replace(/=+$/, '') ? readMessage(mime, now) : undefined
  if (!content) throw new GraphError(400, 'ErrorMimeContentInvalidBase64String', 'Invalid base64 string for MIME content.')
  content.properties.delete(keys.transportHeaders)
  setFlags(content.properties, messageFlags.unsent | messageFlags.read)
  for (const key of [keys.deliveryTime, keys.clientSubmitTime]) content.properties.set(key, { type: 'SystemTime', value: systemTime(now) })
  return content
}

/** A draft as well, unless PidTagMessageFlags says otherwise; so do PidTagMessageDeliveryTime and PidTagClientSubmitTime of the dates. */
export function ofJson(call: GraphCall, body: Readonly<Record<string, unknown>>): ItemContent {
  const content: ItemContent = {
    itemClass: 'IPM.Note',
    mime: undefined,
    properties: new Map(),
    elements: new Map(),
    attachments: [],
    isAssociated: false,
  }
  writeMessage(content, body, true)
  const { properties } = content
  // What `isRead` left behind isn't the flags' own word.
  const given = extendedFlags(body)
  if (given) setFlags(properties, flagsOf(properties) & ~messageFlags.hasAttachments)
  else setFlags(properties, messageFlags.unsent | (body['isRead'] === false ? 0 : messageFlags.read))
  for (const key of [keys.deliveryTime, keys.clientSubmitTime])
    if (!properties.has(key)) properties.set(key, { type: 'SystemTime', value: systemTime(call.now) })
  if (!properties.has(keys.internetMessageId))
    properties.set(keys.internetMessageId, { type: 'String', value: `<${randomUUID()}@${call.site.tenant.initialDomain}>` })
  const files = body['attachments']
  if (Array.isArray(files))
    content.attachments = files.map((file, index) => newAttachment(call, file, index + 1, inner => ofJson(call, inner)))
  return content
}

const extendedFlags = (body: Readonly<Record<string, unknown>>): boolean => {
  const list = body['singleValueExtendedProperties']
  return Array.isArray(list) && list.some(one => /^Integer 0x0*e07$/i.test(String(Object(one).id)))
}

/** A message's octets, as Exchange composes them. */
export function mimeOf({ site }: GraphCall, item: ItemContent): Buffer {
  return item.mime && !site.tenant.organisation.regenerateMime ? item.mime : composeMessage(item)
}
