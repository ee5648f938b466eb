import { EwsError } from '../ews/ewsError.ts'
import type { Item, ItemContent } from '../item.ts'
import { bodyTexts } from '../mime/composeMessage.ts'
import { flagsOf, keys, messageFlags, type Property, systemTime } from '../properties.ts'
import { element, type XmlElement } from '../xml/tree.ts'
import { itemEntryId } from './entryIds.ts'
import { type ExtendedPath, extendedPath } from './path.ts'

/** What a property is worked out from, where it isn't stored. */
const computed: ReadonlyMap<string, (item: Item) => Property | undefined> = new Map<string, (item: Item) => Property | undefined>([
  [keys.messageFlags, item => ({ type: 'Integer', value: String(withAttachmentFlag(item)) })],
  [keys.messageSize, item => ({ type: 'Integer', value: String(item.size) })],
  [keys.hasAttachments, item => ({ type: 'Boolean', value: String(item.attachments.length > 0) })],
  [keys.creationTime, item => ({ type: 'SystemTime', value: systemTime(item.created) })],
  [keys.lastModificationTime, item => ({ type: 'SystemTime', value: systemTime(item.modified) })],
  [keys.messageClass, item => ({ type: 'String', value: item.itemClass })],
  [keys.entryId, item => ({ type: 'Binary', value: itemEntryId(item).toString('base64') })],
  [keys.recordKey, item => ({ type: 'Binary', value: itemEntryId(item).toString('base64') })],
  // What Exchange's own IMAP server has for UIDs.
  [keys.internetArticleNumber, item => ({ type: 'Integer', value: String(item.number) })],
  [keys.body, item => text(bodyTexts(item).text, 'String')],
  [keys.html, item => text(bodyTexts(item).html, 'Binary')],
])

const withAttachmentFlag = ({ properties, attachments }: Item): number =>
  (flagsOf(properties) & ~messageFlags.hasAttachments) | (attachments.length > 0 ? messageFlags.hasAttachments : 0)

const text = (value: string | undefined, type: 'String' | 'Binary'): Property | undefined =>
  value === undefined ? undefined : { type, value: type === 'Binary' ? Buffer.from(value).toString('base64') : value }

/** A property's element; undefined where the item hasn't it, or has it with another type. */
export function readExtended(item: Item, path: ExtendedPath): XmlElement | undefined {
  return extendedElement(propertyOf(item, path), path)
}

export const propertyOf = (item: Item, { key }: ExtendedPath): Property | undefined => {
  const compute = computed.get(key)
  return compute ? compute(item) : item.properties.get(key)
}

export function extendedElement(property: Property | undefined, { type, uri }: ExtendedPath): XmlElement | undefined {
  if (property?.type !== type) return undefined
  const { value } = property
  const content =
    typeof value === 'string'
      ? element('t:Value', value)
      : element(
          't:Values',
          value.map(one => element('t:Value', one)),
        )
  return element('t:ExtendedProperty', [uri, content])
}

/** Properties a client may name and that yet are the server's to keep: what is set there is lost, without an error, as in any MAPI store. */
const kept = new Set<string>([
  keys.messageSize,
  keys.hasAttachments,
  keys.creationTime,
  keys.lastModificationTime,
  keys.entryId,
  keys.recordKey,
  keys.internetArticleNumber,
  keys.searchKey,
  keys.displayTo,
  keys.displayCc,
  keys.displayBcc,
])

/** Sets a property from its `ExtendedProperty`. PidTagMessageFlags counts only while the item is being created (MS-OXCMSG 2.2.1.6). */
export function writeExtended(content: ItemContent, given: XmlElement, isNew: boolean): void {
  const [uri, valued] = given.children
  if (!uri || !valued) throw new EwsError('ErrorInvalidExtendedPropertyValue')
  const path = extendedPath(uri)
  const property = checked(path, valued)
  if (path.key === keys.messageClass) content.itemClass = valued.text
  else if (!kept.has(path.key) && (path.key !== keys.messageFlags || isNew)) content.properties.set(path.key, property)
}

export function clearExtended(content: ItemContent, { key }: ExtendedPath): void {
  if (!kept.has(key) && key !== keys.messageFlags && key !== keys.messageClass) content.properties.delete(key)
}

/** A property as it is stored. Throws `ErrorInvalidExtendedPropertyValue` for a value its type can't have. */
export function checked({ type }: ExtendedPath, valued: XmlElement): Property {
  const isArray = type.endsWith('Array')
  if (isArray !== (valued.name === 'Values')) throw new EwsError('ErrorInvalidExtendedPropertyValue', invalidValue)
  const read = (one: string): string => normalised(one, type.replace('Array', ''))
  return isArray ? { type, value: valued.children.map(one => read(one.text)) } : { type, value: read(valued.text) }
}

const invalidValue = 'The extended property value is not valid for its type.'

function normalised(value: string, type: string): string {
  const bare = value.trim()
  const range = integers[type]
  if (range) {
    const number = /^[+-]?\d+$/.test(bare) ? BigInt(bare) : /^0x[0-9a-f]+$/i.test(bare) ? BigInt(bare) : undefined
    if (number === undefined || number < -range || number >= range) throw new EwsError('ErrorInvalidExtendedPropertyValue', invalidValue)
    return String(number)
  }
  if (type === 'Boolean') {
    if (!/^(true|false|0|1)$/i.test(bare)) throw new EwsError('ErrorInvalidExtendedPropertyValue', invalidValue)
    return String(/^(true|1)$/i.test(bare))
  }
  if (type === 'SystemTime') {
    const time = Date.parse(/(Z|[+-]\d\d:\d\d)$/.test(bare) ? bare : `${bare}Z`)
    if (Number.isNaN(time)) throw new EwsError('ErrorInvalidExtendedPropertyValue', invalidValue)
    return systemTime(time)
  }
  if (type === 'Binary') {
    const bytes = Buffer.from(bare, 'base64')
    if (bytes.toString('base64') !== bare.replace(/\s+/g, '')) throw new EwsError('ErrorInvalidExtendedPropertyValue', invalidValue)
    return bytes.toString('base64')
  }
  return value
}

const integers: Readonly<Record<string, bigint>> = { Short: 1n << 15n, Integer: 1n << 31n, Long: 1n << 63n, Currency: 1n << 63n }
