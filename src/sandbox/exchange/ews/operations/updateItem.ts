import { clearExtended, writeExtended } from '../../fields/extended.ts'
import { writeEntry } from '../../fields/indexed.ts'
import { itemChange, itemIdElement } from '../../fields/itemView.ts'
import { type Path, readPath } from '../../fields/path.ts'
import { changesMime, clearField, forgetMime, writeField } from '../../fields/writeField.ts'
import { elementFor, type Item } from '../../item.ts'
import { keys } from '../../properties.ts'
import { sizeOf, touchItem } from '../../store/addItem.ts'
import { attendeesOf, isOrganizer, sendMeeting } from '../../store/meetings.ts'
import { asksForReceipt, isRead, sendReceipt } from '../../store/receipts.ts'
import { child, element, type XmlElement } from '../../xml/tree.ts'
import { done, eachPart, type Outcome, type Result } from '../answer.ts'
import { appended } from '../appended.ts'
import { EwsError } from '../ewsError.ts'
import { isCurrent, locateItem } from '../locate.ts'
import { checkRoom } from '../placing.ts'
import { checkItemFault, type PlacedItem, type Session, speaks } from '../session.ts'
import { submit } from '../submit.ts'

export function updateItem(request: XmlElement, session: Session): Result[] {
  const changes = child(request, 'ItemChanges')?.children ?? []
  return eachPart(changes, (change, index) => {
    const [id] = change.children
    if (!id) throw new EwsError('ErrorInvalidRequest')
    const place = locateItem(session, id)
    checkItemFault(session, place, index)
    checkConflict(request, session, id, place.item)
    return update(request, session, place, child(change, 'Updates')?.children ?? [])
  })
}

function checkConflict(request: XmlElement, session: Session, id: XmlElement, item: Item): void {
  const resolution = request.attributes['ConflictResolution']
  if (resolution === 'AlwaysOverwrite') return
  const current = isCurrent(session, id, itemChange(item))
  if (current === undefined) throw new EwsError('ErrorChangeKeyRequired')
  if (!current && resolution === 'NeverOverwrite') throw new EwsError('ErrorIrresolvableConflict')
}

function update(request: XmlElement, session: Session, place: PlacedItem, updates: readonly XmlElement[]): Outcome {
  const { organisation, now } = session
  const { mailbox, item } = place
  const kind = elementFor(item.itemClass)
  const disposition = request.attributes['MessageDisposition']
  const invitations = request.attributes['SendMeetingInvitationsOrCancellations']
  if (kind === 'Message' && disposition === undefined)
    throw new EwsError('ErrorMessageDispositionRequired', 'The MessageDisposition attribute is required for message items.')
  if (kind === 'CalendarItem' && invitations === undefined) throw new EwsError('ErrorSendMeetingInvitationsOrCancellationsRequired')
  const wasRead = isRead(item)
  // All or nothing: a refused update must not leave the ones before it behind.
  const draft = { ...item, properties: new Map(item.properties), elements: new Map(item.elements) }
  for (const one of updates) apply(draft, one)
  // A full mailbox still lets people read and tidy.
  if (sizeOf(draft) > item.size) checkRoom(session, mailbox, draft, item.size)
  if (kind === 'Message' && disposition !== 'SaveOnly') submit(session, mailbox, draft)
  commit(item, draft)
  if (updates.every(isReadUpdate)) item.readChange = ++mailbox.lastChange
  else touchItem(mailbox, item, now)
  const suppressed = speaks(session, 'Exchange2013') && /^(true|1)$/.test(request.attributes['SuppressReadReceipts'] ?? '')
  if (!wasRead && isRead(item) && asksForReceipt(item) && !suppressed) sendReceipt(organisation, mailbox, item, 'displayed')
  const tells = kind === 'CalendarItem' && invitations !== 'SendToNone' && isOrganizer(organisation, mailbox, item)
  if (tells && attendeesOf(item).length > 0) sendMeeting(organisation, mailbox, item, 'REQUEST')
  return done(
    element('m:Items', [element(`t:${elementFor(item.itemClass)}`, [itemIdElement(organisation, mailbox.guid, item)])]),
    element('m:ConflictResults', [element('t:Count', '0')]),
  )
}

function commit(item: Item, draft: Item): void {
  item.itemClass = draft.itemClass
  item.mime = draft.mime
  item.properties.clear()
  for (const entry of draft.properties) item.properties.set(...entry)
  item.elements.clear()
  for (const entry of draft.elements) item.elements.set(...entry)
}

const isReadUpdate = (update: XmlElement): boolean => update.children[0]?.attributes['FieldURI'] === 'message:IsRead'

function apply(draft: Item, update: XmlElement): void {
  const [uri, object] = update.children
  if (!uri) throw new EwsError('ErrorInvalidRequest')
  const path = readPath(uri)
  if (touchesMime(path)) forgetMime(draft)
  if (update.name === 'DeleteItemField') {
    if (path.kind === 'extended') clearExtended(draft, path)
    else if (path.kind === 'indexed') writeEntry(draft, path, undefined)
    else clearField(draft, path.element)
    return
  }
  const [value, ...others] = object?.children ?? []
  if (!value || others.length > 0) throw new EwsError('ErrorIncorrectUpdatePropertyCount')
  if (update.name === 'AppendToItemField') writeField(draft, appended(draft, path, value))
  else if (path.kind === 'indexed') writeEntry(draft, path, value)
  else set(draft, path, value)
}

function set(draft: Item, path: Path, value: XmlElement): void {
  if (path.kind === 'extended') {
    const given = child(value, 'ExtendedFieldURI')
    const same = value.name === 'ExtendedProperty' && given !== undefined && sameProperty(readPath(given), path)
    if (!same) throw new EwsError('ErrorUpdatePropertyMismatch')
    writeExtended(draft, value, false)
  } else if (path.kind === 'field') {
    if (value.name !== path.element) throw new EwsError('ErrorUpdatePropertyMismatch')
    writeField(draft, value)
  }
}

const sameProperty = (a: Path, b: Path): boolean => a.kind === 'extended' && b.kind === 'extended' && a.key === b.key && a.type === b.type

const mimeKeys: ReadonlySet<string> = new Set([
  keys.subject,
  keys.importance,
  keys.sensitivity,
  keys.body,
  keys.html,
  keys.internetMessageId,
])

const touchesMime = (path: Path): boolean =>
  path.kind === 'field' ? changesMime.has(path.element) : path.kind === 'extended' && mimeKeys.has(path.key)
