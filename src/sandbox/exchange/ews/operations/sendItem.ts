import { itemChange } from '../../fields/itemView.ts'
import { distinguishedFolder } from '../../mailbox.ts'
import { flagsOf, keys, messageFlags, setFlags, systemTime } from '../../properties.ts'
import { removeItem } from '../../store/addItem.ts'
import { moveItem } from '../../store/copyItem.ts'
import { child, type XmlElement } from '../../xml/tree.ts'
import { done, eachPart, type Result } from '../answer.ts'
import { EwsError } from '../ewsError.ts'
import { isCurrent, locateFolder, locateItem } from '../locate.ts'
import { checkItemFault, type Session } from '../session.ts'
import { submit } from '../submit.ts'

export function sendItem(request: XmlElement, session: Session): Result[] {
  const saves = /^(true|1)$/.test(request.attributes['SaveItemToFolder'] ?? '')
  const [target] = child(request, 'SavedItemFolderId')?.children ?? []
  if (target && !saves) throw new EwsError('ErrorInvalidSendItemSaveSettings', 'A folder to save to is named, yet nothing is to be saved.')
  return eachPart(child(request, 'ItemIds')?.children ?? [], (id, index) => {
    const { mailbox, item } = locateItem(session, id)
    checkItemFault(session, { mailbox, item }, index)
    const current = isCurrent(session, id, itemChange(item))
    if (current === undefined) throw new EwsError('ErrorChangeKeyRequired')
    if (!current) throw new EwsError('ErrorStaleObject', 'The change key is stale.')
    submit(session, mailbox, item)
    item.properties.set(keys.clientSubmitTime, { type: 'SystemTime', value: systemTime(session.now) })
    setFlags(item.properties, (flagsOf(item.properties) & ~messageFlags.unsent) | messageFlags.read | messageFlags.fromMe)
    if (!saves) removeItem(mailbox, item)
    else
      moveItem(
        mailbox,
        item,
        mailbox,
        target ? locateFolder(session, target, 'ErrorSavedItemFolderNotFound').folder : distinguishedFolder(mailbox, 'sentitems'),
      )
    return done()
  })
}
