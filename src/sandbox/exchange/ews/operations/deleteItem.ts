import { elementFor } from '../../item.ts'
import { attendeesOf, isOrganizer, sendMeeting } from '../../store/meetings.ts'
import { asksForReceipt, isRead, sendReceipt } from '../../store/receipts.ts'
import { child, type XmlElement } from '../../xml/tree.ts'
import { done, eachPart, type Result } from '../answer.ts'
import { EwsError } from '../ewsError.ts'
import { locateItem } from '../locate.ts'
import { recycle } from '../recycle.ts'
import { checkItemFault, type PlacedItem, type Session, speaks } from '../session.ts'

export function deleteItem(request: XmlElement, session: Session): Result[] {
  return eachPart(child(request, 'ItemIds')?.children ?? [], (id, index) => {
    const place = locateItem(session, id)
    checkItemFault(session, place, index)
    tellOthers(request, session, place)
    recycle(place.mailbox, place.item, request.attributes['DeleteType'] ?? '')
    return done()
  })
}

/** What deleting sends to others: cancellations and refusals of meetings, and receipts that say *not read*, unless the request forbids it. */
function tellOthers({ attributes }: XmlElement, session: Session, { mailbox, item }: PlacedItem): void {
  const { organisation } = session
  const kind = elementFor(item.itemClass)
  const cancellations = attributes['SendMeetingCancellations']
  if (kind === 'CalendarItem' && cancellations === undefined) throw new EwsError('ErrorSendMeetingCancellationsRequired')
  if (kind === 'Task' && attributes['AffectedTaskOccurrences'] === undefined) {
    throw new EwsError('ErrorAffectedTaskOccurrencesRequired', 'AffectedTaskOccurrences attribute is required for Task items.')
  }
  if (kind === 'CalendarItem' && cancellations !== 'SendToNone' && attendeesOf(item).length > 0) {
    sendMeeting(organisation, mailbox, item, isOrganizer(organisation, mailbox, item) ? 'CANCEL' : 'REPLY')
  }
  const suppressed = speaks(session, 'Exchange2013') && /^(true|1)$/.test(attributes['SuppressReadReceipts'] ?? '')
  if (!isRead(item) && asksForReceipt(item) && !suppressed) sendReceipt(organisation, mailbox, item, 'deleted')
}
