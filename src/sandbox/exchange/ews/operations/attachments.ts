import type { Attachment } from '../../attachment.ts'
import { attachmentIdElement, itemChange, itemIdElement } from '../../fields/itemView.ts'
import { forgetMime } from '../../fields/writeField.ts'
import { systemTime } from '../../properties.ts'
import { touchItem } from '../../store/addItem.ts'
import { child, element, type XmlElement } from '../../xml/tree.ts'
import { done, eachPart, type Result } from '../answer.ts'
import { EwsError } from '../ewsError.ts'
import { readId } from '../ids.ts'
import { isCurrent, itemOf, locateItem } from '../locate.ts'
import { newAttachment } from '../newAttachment.ts'
import { checkRoom } from '../placing.ts'
import type { PlacedItem, Session } from '../session.ts'

export function getAttachment(request: XmlElement, session: Session): Result[] {
  return eachPart(child(request, 'AttachmentIds')?.children ?? [], id => {
    const { place, attachment } = locate(session, id)
    const { name, contentType, contentId, size, modified, isInline, content, number } = attachment
    const file = element('t:FileAttachment', [
      attachmentIdElement(session.organisation, place.mailbox.guid, place.item, number),
      element('t:Name', name),
      element('t:ContentType', contentType),
      ...(contentId === undefined ? [] : [element('t:ContentId', contentId)]),
      element('t:Size', String(size)),
      element('t:LastModifiedTime', systemTime(modified)),
      element('t:IsInline', String(isInline)),
      element('t:Content', content().toString('base64')),
    ])
    return done(element('m:Attachments', [file]))
  })
}

function locate(session: Session, id: XmlElement): { readonly place: PlacedItem; readonly attachment: Attachment } {
  const reference = readId(session.organisation, id.attributes['Id'] ?? '')
  if (reference.kind !== 'attachment' || reference.item === undefined)
    throw new EwsError('ErrorInvalidIdNotAnItemAttachmentId', 'The id is not that of an attachment.')
  const place = itemOf(session, { ...reference, number: reference.item })
  const attachment = place.item.attachments.find(({ number }) => number === reference.number)
  if (!attachment) throw new EwsError('ErrorItemNotFound')
  return { place, attachment }
}

export function createAttachment(request: XmlElement, session: Session): Result[] {
  const parent = child(request, 'ParentItemId')
  if (!parent) throw new EwsError('ErrorInvalidRequest')
  return eachPart(child(request, 'Attachments')?.children ?? [], given => {
    const { mailbox, item } = locateItem(session, { ...parent, name: 'ItemId' })
    // The first attachment of several has changed the item already.
    if (given === child(request, 'Attachments')?.children[0] && isCurrent(session, parent, itemChange(item)) === false) {
      throw new EwsError('ErrorIrresolvableConflict')
    }
    const number = Math.max(0, ...item.attachments.map(one => one.number)) + 1
    const added = newAttachment(given, number, session.now)
    checkRoom(session, mailbox, { ...item, attachments: [...item.attachments, added] }, item.size)
    forgetMime(item)
    item.attachments = [...item.attachments, added]
    touchItem(mailbox, item, session.now)
    const id = attachmentIdElement(session.organisation, mailbox.guid, item, number, true)
    return done(element('m:Attachments', [element('t:FileAttachment', [id])]))
  })
}

export function deleteAttachment(request: XmlElement, session: Session): Result[] {
  return eachPart(child(request, 'AttachmentIds')?.children ?? [], id => {
    const { place, attachment } = locate(session, id)
    const { mailbox, item } = place
    forgetMime(item)
    item.attachments = item.attachments.filter(one => one !== attachment)
    touchItem(mailbox, item, session.now)
    const { Id = '', ChangeKey = '' } = itemIdElement(session.organisation, mailbox.guid, item).attributes
    return done(element('m:RootItemId', [], { RootItemId: Id, RootItemChangeKey: ChangeKey }))
  })
}
