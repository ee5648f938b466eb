import { attachmentIdElement, itemChange } from '../../fields/itemView.ts'
import { forgetMime } from '../../fields/writeField.ts'
import { touchItem } from '../../store/addItem.ts'
import { child, element, type XmlElement } from '../../xml/tree.ts'
import { done, eachPart, type Result } from '../answer.ts'
import { EwsError } from '../ewsError.ts'
import { isCurrent, locateItem } from '../locate.ts'
import { newAttachment } from '../newAttachment.ts'
import { checkRoom } from '../placing.ts'
import type { Session } from '../session.ts'

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
