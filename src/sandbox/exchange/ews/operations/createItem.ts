import { itemIdElement } from '../../fields/itemView.ts'
import { elementFor, type Item, type ItemContent } from '../../item.ts'
import { distinguishedFolder } from '../../mailbox.ts'
import { flagsOf, keys, messageFlags, setFlags, systemTime } from '../../properties.ts'
import { addItem } from '../../store/addItem.ts'
import { attendeesOf, sendMeeting } from '../../store/meetings.ts'
import { settleReceipt } from '../../store/receipts.ts'
import { child, element, type XmlElement } from '../../xml/tree.ts'
import { done, eachPart, type Outcome, type Result } from '../answer.ts'
import { EwsError } from '../ewsError.ts'
import { locateFolder, locateItem } from '../locate.ts'
import { newContent } from '../newContent.ts'
import { checkFolder, checkRoom } from '../placing.ts'
import { checkItemFault, ownMailbox, type PlacedFolder, type Session } from '../session.ts'
import { submit } from '../submit.ts'

export function createItem(request: XmlElement, session: Session): Result[] {
  const [saved] = child(request, 'SavedItemFolderId')?.children ?? []
  const target = saved && locateFolder(session, saved, 'ErrorSavedItemFolderNotFound')
  return eachPart(child(request, 'Items')?.children ?? [], (given, index) => {
    if (given.name === 'SuppressReadReceipt') return suppressReadReceipt(given, session)
    return create(given, { request, session, target, index })
  })
}

interface Creation {
  readonly request: XmlElement
  readonly session: Session
  readonly target: PlacedFolder | undefined
  readonly index: number
}

function create(given: XmlElement, { request, session, target, index }: Creation): Outcome {
  const { organisation, now } = session
  const isMessage = ['Message', 'MeetingRequest', 'MeetingResponse', 'MeetingCancellation', 'Item'].includes(given.name)
  const disposition = request.attributes['MessageDisposition']
  const invitations = request.attributes['SendMeetingInvitations']
  if (isMessage && disposition === undefined)
    throw new EwsError('ErrorMessageDispositionRequired', 'The MessageDisposition attribute is required for message items.')
  if (given.name === 'CalendarItem' && invitations === undefined) throw new EwsError('ErrorSendMeetingInvitationsRequired')
  const content = newContent(given, session)
  const sends = isMessage && disposition !== 'SaveOnly'
  const place = target ?? defaultFolder(session, given.name, sends)
  checkFolder(place.folder, given.name)
  checkItemFault(session, { mailbox: place.mailbox, item: content }, index)
  stamp(content, now, sends)
  if (sends) {
    checkRoom(session, place.mailbox, content)
    submit(session, place.mailbox, content)
    if (disposition === 'SendOnly') return done(element('m:Items'))
  }
  checkRoom(session, place.mailbox, content)
  const item = addItem(place.mailbox, place.folder, content, { created: now, modified: now })
  if (given.name === 'CalendarItem') invite(session, place, item, invitations)
  return done(element('m:Items', [element(`t:${elementFor(item.itemClass)}`, [itemIdElement(organisation, place.mailbox.guid, item)])]))
}

/** A message without PidTagMessageFlags of its own is a draft: read, and unsent. */
function stamp({ properties }: ItemContent, now: number, sends: boolean): void {
  const time = { type: 'SystemTime', value: systemTime(now) } as const
  if (!properties.has(keys.deliveryTime)) properties.set(keys.deliveryTime, time)
  if (sends) {
    properties.set(keys.clientSubmitTime, time)
    setFlags(properties, messageFlags.read | messageFlags.fromMe | (flagsOf(properties) & messageFlags.unmodified))
  }
}

const folders = { CalendarItem: 'calendar', Contact: 'contacts', DistributionList: 'contacts', Task: 'tasks' } as const

function defaultFolder(session: Session, name: string, sends: boolean): PlacedFolder {
  if (name === 'PostItem') throw new EwsError('ErrorSavedItemFolderNotFound', 'Posts need a SavedItemFolderId.')
  const mailbox = ownMailbox(session)
  const own = Object.entries(folders).find(([one]) => one === name)?.[1]
  return { mailbox, folder: distinguishedFolder(mailbox, own ?? (sends ? 'sentitems' : 'drafts')) }
}

function invite({ organisation }: Session, { mailbox }: PlacedFolder, item: Item, invitations: string | undefined): void {
  if (invitations === 'SendToNone' || attendeesOf(item).length === 0) return
  item.elements.set('MeetingRequestWasSent', element('t:MeetingRequestWasSent', 'true'))
  sendMeeting(organisation, mailbox, item, 'REQUEST')
}

/** The answer to a message that says: nobody is told that it was read. The way of servers before Exchange 2013. */
function suppressReadReceipt(given: XmlElement, session: Session): Outcome {
  const reference = child(given, 'ReferenceItemId')
  if (!reference) throw new EwsError('ErrorInvalidReferenceItem', 'The reference item is missing.')
  const { item } = locateItem(session, { ...reference, name: 'ItemId' })
  settleReceipt(item)
  return done(element('m:Items'))
}
