import { itemIdElement } from '../../fields/itemView.ts'
import { writeExport } from '../../store/exportStream.ts'
import { child, element, type XmlElement } from '../../xml/tree.ts'
import { done, eachPart, type Result } from '../answer.ts'
import { locateItem } from '../locate.ts'
import { checkItemFault, type Session } from '../session.ts'

export function exportItems(request: XmlElement, session: Session): Result[] {
  return eachPart(child(request, 'ItemIds')?.children ?? [], (id, index) => {
    const { mailbox, item } = locateItem(session, id)
    checkItemFault(session, { mailbox, item }, index)
    const data = writeExport(item, item.modified).toString('base64')
    // ItemId is of the messages' namespace here.
    return done(element('m:ItemId', [], itemIdElement(session.organisation, mailbox.guid, item).attributes), element('m:Data', data))
  })
}
