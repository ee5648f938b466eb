import type { Attachment } from '../attachment.ts'
import type { XmlElement } from '../xml/tree.ts'
import { EwsError } from './ewsError.ts'
import { readId } from './ids.ts'
import { itemOf } from './locate.ts'
import type { PlacedItem, Session } from './session.ts'

/** The attachment of an `AttachmentId`, with the item it is in. */
export function locateAttachment(session: Session, id: XmlElement): { readonly place: PlacedItem; readonly attachment: Attachment } {
  const reference = readId(session.organisation, id.attributes['Id'] ?? '')
  if (reference.kind !== 'attachment' || reference.item === undefined)
    throw new EwsError('ErrorInvalidIdNotAnItemAttachmentId', 'The id is not that of an attachment.')
  const place = itemOf(session, { ...reference, number: reference.item })
  const attachment = place.item.attachments.find(({ number }) => number === reference.number)
  if (!attachment) throw new EwsError('ErrorItemNotFound')
  return { place, attachment }
}
