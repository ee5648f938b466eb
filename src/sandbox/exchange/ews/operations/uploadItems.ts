import { itemChange, itemIdElement } from '../../fields/itemView.ts'
import type { Item } from '../../item.ts'
import { addItem } from '../../store/addItem.ts'
import { type Exported, readExport } from '../../store/exportStream.ts'
import { replaceItem } from '../../store/replaceItem.ts'
import { child, childText, element, type XmlElement } from '../../xml/tree.ts'
import { done, eachPart, type Result } from '../answer.ts'
import { EwsError } from '../ewsError.ts'
import { isCurrent, locateFolder, locateItem } from '../locate.ts'
import { checkRoom } from '../placing.ts'
import { checkItemFault, type PlacedFolder, type Session } from '../session.ts'

export function uploadItems(request: XmlElement, session: Session): Result[] {
  return eachPart(child(request, 'Items')?.children ?? [], (given, index) => {
    const parent = child(given, 'ParentFolderId')
    if (!parent) throw new EwsError('ErrorInvalidRequest')
    const place = locateFolder(session, { ...parent, name: 'FolderId' })
    const exported = readExport(Buffer.from(childText(given, 'Data') ?? '', 'base64'))
    if (!exported) throw new EwsError('ErrorCorruptData')
    checkItemFault(session, { mailbox: place.mailbox, item: exported.content }, index)
    const item = write(given, session, place, exported)
    return done(element('m:ItemId', [], itemIdElement(session.organisation, place.mailbox.guid, item).attributes))
  })
}

/** `CreateNew` makes a new item whatever there is; `Update` needs one; `UpdateOrCreate` takes what it finds. */
function write(given: XmlElement, session: Session, place: PlacedFolder, exported: Exported): Item {
  const { mailbox, folder } = place
  const action = given.attributes['CreateAction']
  const id = child(given, 'ItemId')
  if (action === 'CreateNew' && id) throw new EwsError('ErrorInvalidRequest', 'CreateNew takes no ItemId.')
  if (action === 'Update' && !id) throw new EwsError('ErrorInvalidIdEmpty')
  const old = id && existing(session, id, action === 'UpdateOrCreate')
  checkRoom(session, mailbox, exported.content, old?.size)
  const isAssociated = /^(true|1)$/.test(given.attributes['IsAssociated'] ?? '')
  const content = { ...exported.content, isAssociated }
  if (!old) return addItem(mailbox, folder, content, { created: session.now, modified: exported.modified })
  if (old.folder !== folder) throw new EwsError('ErrorItemNotFound')
  return replaceItem(mailbox, old, content, session.now)
}

function existing(session: Session, id: XmlElement, orCreate: boolean): Item | undefined {
  try {
    const { item } = locateItem(session, id)
    if (isCurrent(session, id, itemChange(item)) === false) throw new EwsError('ErrorIrresolvableConflict')
    return item
  } catch (error) {
    if (orCreate && error instanceof EwsError && error.code === 'ErrorItemNotFound') return undefined
    throw error
  }
}
