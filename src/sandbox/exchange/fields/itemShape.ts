import { EwsError } from '../ews/ewsError.ts'
import { elementFor, type ItemElement } from '../item.ts'
import { elementsOf } from '../schema/ewsGrammar.ts'
import { isAtLeast, type SchemaVersion } from '../versions.ts'
import { child, childText, element, type XmlElement } from '../xml/tree.ts'
import { readExtended } from './extended.ts'
import { indexedEntry } from './indexed.ts'
import type { ItemView } from './itemView.ts'
import { type ExtendedPath, type Path, readPath } from './path.ts'
import { readField } from './readField.ts'

/** What a client wants to see of items. */
export interface ItemShape {
  readonly base: 'IdOnly' | 'Default' | 'AllProperties'
  readonly includeMime: boolean
  readonly bodyType: ItemView['bodyType']
  readonly paths: readonly Path[]
}

/** Reads `m:ItemShape`. FindItem's listings refuse what is too large for them: `ErrorInvalidPropertyForOperation`. */
export function readItemShape(shape: XmlElement | undefined, isListing: boolean): ItemShape {
  const base = childText(shape, 'BaseShape')
  const bodyType = childText(shape, 'BodyType')
  const includeMime = childText(shape, 'IncludeMimeContent')?.trim()
  const paths = (child(shape, 'AdditionalProperties')?.children ?? []).map(readPath)
  const refused = isListing && paths.find(path => path.kind === 'field' && onlyInGetItem.has(path.element))
  if (refused || (isListing && (includeMime === 'true' || includeMime === '1'))) throw new EwsError('ErrorInvalidPropertyForOperation')
  return {
    base: base === 'Default' || base === 'AllProperties' ? base : 'IdOnly',
    includeMime: includeMime === 'true' || includeMime === '1',
    bodyType: bodyType === 'HTML' || bodyType === 'Text' ? bodyType : 'Best',
    paths,
  }
}

/** Too large for a listing; Exchange refuses them there. */
const onlyInGetItem = new Set(
  `MimeContent Body TextBody UniqueBody NormalizedBody Attachments ToRecipients CcRecipients BccRecipients ReplyTo ReceivedBy ReceivedRepresenting
  InternetMessageHeaders RequiredAttendees OptionalAttendees Resources Recurrence ResponseObjects Members`.split(/\s+/),
)

const defaults: Readonly<Record<string, string>> = {
  Item: 'ItemId Subject Sensitivity Body Attachments Size DateTimeSent DateTimeCreated HasAttachments',
  Message:
    'Sender ToRecipients CcRecipients BccRecipients IsReadReceiptRequested IsDeliveryReceiptRequested From IsRead ReplyTo InternetMessageId References',
  CalendarItem: 'Start End LegacyFreeBusyStatus Location IsAllDayEvent RequiredAttendees OptionalAttendees Resources',
  Contact: 'FileAs DisplayName CompanyName EmailAddresses PhysicalAddresses PhoneNumbers',
  DistributionList: 'DisplayName',
  Task: 'DueDate PercentComplete StartDate Status',
  PostItem: 'From IsRead PostedTime',
  MeetingRequest: 'Sender ToRecipients CcRecipients From IsRead Start End Location',
  MeetingResponse: 'Sender ToRecipients From IsRead',
  MeetingCancellation: 'Sender ToRecipients From IsRead',
}

/** What `AllProperties` leaves out even in GetItem. */
const notInAll = new Set(['MimeContent', 'UniqueBody', 'NormalizedBody', 'TextBody', 'InternetMessageHeaders', 'SearchKey', 'Preview'])

const splitDefaults = new Map(Object.entries(defaults).map(([type, names]) => [type, names.split(' ')]))

function baseFields(type: ItemElement, { base }: ItemShape, isListing: boolean): Set<string> {
  if (base === 'IdOnly') return new Set(['ItemId'])
  const names =
    base === 'Default'
      ? [...(splitDefaults.get('Item') ?? []), ...(splitDefaults.get(type) ?? [])]
      : elementsOf(type)
          .map(([name]) => name)
          .filter(name => !notInAll.has(name))
  return new Set(names.filter(name => !isListing || !onlyInGetItem.has(name)))
}

/** An item's element as the shape wants it, its fields in the schema's order. */
export function showItem(view: ItemView, shape: ItemShape, version: SchemaVersion): XmlElement {
  const type = elementFor(view.item.itemClass)
  const wanted = baseFields(type, shape, view.isListing)
  if (shape.includeMime) wanted.add('MimeContent')
  const known = elementsOf(type)
  const extended: ExtendedPath[] = []
  const partial = new Map<string, XmlElement[]>()
  for (const path of shape.paths) {
    if (path.kind === 'extended') extended.push(path)
    else if (path.kind === 'indexed') addEntry(partial, indexedEntry(view.item, path))
    else if (known.some(([name]) => name === path.element)) wanted.add(path.element)
    // Later versions leave out what an item of another kind has: clients ask all of a folder's items for all that any may have.
    else if (!view.isListing && !isAtLeast(version, 'Exchange2010')) throw new EwsError('ErrorInvalidPropertyRequest')
  }
  const children = known.flatMap(([name, since]) => {
    if (name === 'ExtendedProperty') return extended.flatMap(path => readExtended(view.item, path) ?? [])
    if (since && !isAtLeast(version, since)) return []
    if (wanted.has(name)) return readField(name, view) ?? []
    const entries = partial.get(name)
    return entries ? [element(`t:${name}`, entries)] : []
  })
  return element(`t:${type}`, children)
}

function addEntry(entries: Map<string, XmlElement[]>, found: { readonly name: string; readonly entry: XmlElement } | undefined): void {
  if (found) entries.set(found.name, [...(entries.get(found.name) ?? []), found.entry])
}
