import { elementFor, type Item } from '../item.ts'
import { bodyTexts, composeMessage } from '../mime/composeMessage.ts'
import { readHeaders } from '../mime/headers.ts'
import { flagsOf, keys, messageFlags, systemTime, textOf } from '../properties.ts'
import { element, type XmlElement } from '../xml/tree.ts'
import { backed } from './backed.ts'
import { itemEntryId } from './entryIds.ts'
import { attachmentIdElement, folderIdElement, type ItemView, itemIdElement } from './itemView.ts'

type Reader = (view: ItemView) => XmlElement | undefined

const boolean = (name: string, read: (item: Item) => boolean): [string, Reader] => [
  name,
  ({ item }) => element(`t:${name}`, String(read(item))),
]
const flag = (name: string, bit: number): [string, Reader] => boolean(name, ({ properties }) => (flagsOf(properties) & bit) !== 0)

const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['MimeContent', mimeContent],
  ['ItemId', ({ organisation, mailbox, item }) => itemIdElement(organisation, mailbox.guid, item)],
  ['ParentFolderId', ({ organisation, mailbox, item }) => folderIdElement('ParentFolderId', organisation, mailbox.guid, item.folder)],
  ['ItemClass', ({ item }) => element('t:ItemClass', item.itemClass)],
  ['Body', view => body('Body', view)],
  ['TextBody', view => body('TextBody', { ...view, bodyType: 'Text' })],
  ['Attachments', attachments],
  ['Size', ({ item }) => element('t:Size', String(item.size))],
  ['Categories', categories],
  flag('IsSubmitted', messageFlags.submitted),
  flag('IsDraft', messageFlags.unsent),
  flag('IsFromMe', messageFlags.fromMe),
  flag('IsUnmodified', messageFlags.unmodified),
  flag('IsRead', messageFlags.read),
  boolean('IsResend', () => false),
  boolean('HasAttachments', item => item.attachments.some(one => !one.isInline)),
  boolean('IsAssociated', item => item.isAssociated),
  ['DateTimeCreated', ({ item }) => element('t:DateTimeCreated', systemTime(item.created))],
  ['LastModifiedTime', ({ item }) => element('t:LastModifiedTime', systemTime(item.modified))],
  ['InternetMessageHeaders', internetHeaders],
  ['Flag', followUp],
  ['EffectiveRights', () => effectiveRights],
  ['StoreEntryId', ({ item }) => element('t:StoreEntryId', itemEntryId(item).toString('base64'))],
  ['InstanceKey', ({ item }) => element('t:InstanceKey', itemEntryId(item).toString('base64'))],
])

/** An element's view of an item; undefined where the item has nothing to show. */
export function readField(name: string, view: ItemView): XmlElement | undefined {
  const reader = readers.get(name)
  if (reader) return reader(view)
  const { properties, elements } = view.item
  const source = backed.get(name)
  if (!source) return view.isListing ? namesAlone(elements.get(name)) : elements.get(name)
  const value = textOf(properties, source.key)
  if (value === undefined) return undefined
  return element(`t:${name}`, source.choices ? (source.choices[Number(value)] ?? source.choices[0] ?? '') : value)
}

/** Listings have a sender's name and no address. */
const namesAlone = (stored: XmlElement | undefined): XmlElement | undefined =>
  stored?.name === 'From' || stored?.name === 'Sender'
    ? { ...stored, children: stored.children.map(box => ({ ...box, children: box.children.filter(({ name }) => name === 'Name') })) }
    : stored

function mimeContent({ organisation, item }: ItemView): XmlElement {
  const mime = item.mime && !organisation.regenerateMime ? item.mime : composeMessage(item)
  return element('t:MimeContent', mime.toString('base64'), { CharacterSet: 'UTF-8' })
}

function body(name: 'Body' | 'TextBody', { item, bodyType }: ItemView): XmlElement {
  const { text, html } = bodyTexts(item)
  const asHtml = bodyType === 'HTML' || (bodyType === 'Best' && html !== undefined)
  const content = asHtml ? (html ?? `<html><body>${text ?? ''}</body></html>`) : (text ?? (html ?? '').replace(/<[^>]*>/g, ''))
  return element(`t:${name}`, content, { BodyType: asHtml ? 'HTML' : 'Text' })
}

function attachments({ organisation, mailbox, item }: ItemView): XmlElement | undefined {
  if (item.attachments.length === 0) return undefined
  return element(
    't:Attachments',
    item.attachments.map(({ number, name, contentType, contentId, size, modified, isInline }) =>
      element('t:FileAttachment', [
        attachmentIdElement(organisation, mailbox.guid, item, number),
        element('t:Name', name),
        element('t:ContentType', contentType),
        ...(contentId === undefined ? [] : [element('t:ContentId', contentId)]),
        element('t:Size', String(size)),
        element('t:LastModifiedTime', systemTime(modified)),
        element('t:IsInline', String(isInline)),
      ]),
    ),
  )
}

function categories({ item: { properties } }: ItemView): XmlElement | undefined {
  const value = properties.get(keys.keywords)?.value
  if (value === undefined || typeof value === 'string' || value.length === 0) return undefined
  const strings = value.map(one => element('t:String', one))
  return element('t:Categories', strings)
}

function internetHeaders({ item: { mime } }: ItemView): XmlElement | undefined {
  const headers = mime ? readHeaders(mime, 0, mime.length).headers : []
  if (headers.length === 0) return undefined
  return element(
    't:InternetMessageHeaders',
    headers.map(({ name, value }) => element('t:InternetMessageHeader', value, { HeaderName: name })),
  )
}

/** MS-OXOFLAG: PidTagFlagStatus is 1 for a completed flag, 2 for one that is set. */
function followUp({ item: { properties, itemClass } }: ItemView): XmlElement | undefined {
  if (!['Message', 'PostItem'].includes(elementFor(itemClass))) return undefined
  const status = ['NotFlagged', 'Complete', 'Flagged'][Number(textOf(properties, keys.flagStatus) ?? 0)] ?? 'NotFlagged'
  const date = (name: string, key: string): XmlElement[] => {
    const value = textOf(properties, key)
    return value === undefined ? [] : [element(`t:${name}`, value)]
  }
  return element('t:Flag', [
    element('t:FlagStatus', status),
    ...(status === 'Flagged' ? [...date('StartDate', keys.taskStartDate), ...date('DueDate', keys.taskDueDate)] : []),
    ...(status === 'Complete' ? date('CompleteDate', keys.flagCompleteTime) : []),
  ])
}

const effectiveRights = element(
  't:EffectiveRights',
  ['CreateAssociated', 'CreateContents', 'CreateHierarchy', 'Delete', 'Modify', 'Read'].map(name =>
    element(`t:${name}`, String(!name.startsWith('Create'))),
  ),
)
