import { descendantsOf } from '../../mailbox.ts'
import { child, type XmlElement } from '../../xml/tree.ts'
import { eachPart, type Result } from '../answer.ts'
import { EwsError } from '../ewsError.ts'
import { checkedName, writtenFolder } from '../folderWrites.ts'
import { locateFolder } from '../locate.ts'
import type { Session } from '../session.ts'

export function moveFolder(request: XmlElement, session: Session): Result[] {
  const [target] = child(request, 'ToFolderId')?.children ?? []
  if (!target) throw new EwsError('ErrorInvalidRequest')
  return eachPart(child(request, 'FolderIds')?.children ?? [], id => {
    const to = locateFolder(session, target, 'ErrorToFolderNotFound')
    const place = locateFolder(session, id)
    const { mailbox, folder } = place
    if (folder.distinguished !== undefined) throw new EwsError('ErrorMoveDistinguishedFolder')
    if (mailbox !== to.mailbox) throw new EwsError('ErrorCrossMailboxMoveCopy', 'Folders are not moved between mailboxes.')
    if (to.folder === folder || descendantsOf(mailbox, folder).includes(to.folder)) throw new EwsError('ErrorMoveCopyFailed')
    checkedName(mailbox, to.folder, folder.displayName, folder)
    folder.parent = to.folder
    folder.change = ++mailbox.lastChange
    return writtenFolder(session, place)
  })
}
