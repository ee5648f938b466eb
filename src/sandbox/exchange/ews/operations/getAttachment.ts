import { attachmentIdElement } from '../../fields/itemView.ts'
import { systemTime } from '../../properties.ts'
import { child, element, type XmlElement } from '../../xml/tree.ts'
import { done, eachPart, type Result } from '../answer.ts'
import { locateAttachment } from '../locateAttachment.ts'
import type { Session } from '../session.ts'

export function getAttachment(request: XmlElement, session: Session): Result[] {
  return eachPart(child(request, 'AttachmentIds')?.children ?? [], id => {
    const { place, attachment } = locateAttachment(session, id)
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
