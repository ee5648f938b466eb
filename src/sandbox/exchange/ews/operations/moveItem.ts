import { itemIdElement } from '../../fields/itemView.ts'
import { elementFor, type Item } from '../../item.ts'
import { copyItem as copy, moveItem as move } from '../../store/copyItem.ts'
import { child, childText, element, type XmlElement } from '../../xml/tree.ts'
import { done, eachPart, type Result } from '../answer.ts'
import { EwsError } from '../ewsError.ts'
import { locateFolder, locateItem } from '../locate.ts'
import { checkRoom } from '../placing.ts'
import { checkItemFault, type PlacedFolder, type PlacedItem, type Session } from '../session.ts'

export const moveItem = (request: XmlElement, session: Session): Result[] =>
  transfer(request, session, ({ mailbox, item }, to) => {
    if (mailbox !== to.mailbox) checkRoom(session, to.mailbox, item)
    return move(mailbox, item, to.mailbox, to.folder)
  })

export const copyItem = (request: XmlElement, session: Session): Result[] =>
  transfer(request, session, ({ item }, to) => {
    checkRoom(session, to.mailbox, item)
    return copy(to.mailbox, to.folder, item, session.now)
  })

type Work = (place: PlacedItem, to: PlacedFolder) => Item

/** Between mailboxes the new ids aren't told, nor where the client doesn't want them (Exchange 2010 SP1 and later). */
function transfer(request: XmlElement, session: Session, work: Work): Result[] {
  const [target] = child(request, 'ToFolderId')?.children ?? []
  if (!target) throw new EwsError('ErrorInvalidRequest')
  return eachPart(child(request, 'ItemIds')?.children ?? [], (id, index) => {
    const to = locateFolder(session, target, 'ErrorToFolderNotFound')
    const place = locateItem(session, id)
    checkItemFault(session, place, index)
    const item = work(place, to)
    const silent = place.mailbox !== to.mailbox || childText(request, 'ReturnNewItemIds')?.trim() === 'false'
    if (silent) return done(element('m:Items'))
    const shown = element(`t:${elementFor(item.itemClass)}`, [itemIdElement(session.organisation, to.mailbox.guid, item)])
    return done(element('m:Items', [shown]))
  })
}
