import { itemIdElement } from '../../fields/itemView.ts'
import { forgetMime } from '../../fields/writeField.ts'
import { touchItem } from '../../store/addItem.ts'
import { child, element, type XmlElement } from '../../xml/tree.ts'
import { done, eachPart, type Result } from '../answer.ts'
import { locateAttachment } from '../locateAttachment.ts'
import type { Session } from '../session.ts'

export function deleteAttachment(request: XmlElement, session: Session): Result[] {
  return eachPart(child(request, 'AttachmentIds')?.children ?? [], id => {
    const { place, attachment } = locateAttachment(session, id)
    const { mailbox, item } = place
    forgetMime(item)
    item.attachments = item.attachments.filter(one => one !== attachment)
    touchItem(mailbox, item, session.now)
    const { Id = '', ChangeKey = '' } = itemIdElement(session.organisation, mailbox.guid, item).attributes
    return done(element('m:RootItemId', [], { RootItemId: Id, RootItemChangeKey: ChangeKey }))
  })
}
