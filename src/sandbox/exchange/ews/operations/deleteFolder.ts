import { childNamed, descendantsOf, distinguishedFolder, type Folder, type Mailbox } from '../../mailbox.ts'
import { child, type XmlElement } from '../../xml/tree.ts'
import { done, eachPart, type Result } from '../answer.ts'
import { EwsError } from '../ewsError.ts'
import { discard } from '../folderWrites.ts'
import { locateFolder } from '../locate.ts'
import type { Session } from '../session.ts'

export function deleteFolder(request: XmlElement, session: Session): Result[] {
  const deleteType = request.attributes['DeleteType'] ?? ''
  return eachPart(child(request, 'FolderIds')?.children ?? [], id => {
    const { mailbox, folder } = locateFolder(session, id)
    if (folder.distinguished !== undefined) throw new EwsError('ErrorDeleteDistinguishedFolder')
    if (deleteType === 'MoveToDeletedItems') moveToDeleted(mailbox, folder)
    else for (const one of [folder, ...descendantsOf(mailbox, folder)].reverse()) discard(mailbox, one, deleteType)
    return done()
  })
}

/** A name that is taken there gets a number, as Outlook's people know it. */
function moveToDeleted(mailbox: Mailbox, folder: Folder): void {
  const bin = distinguishedFolder(mailbox, 'deleteditems')
  const base = folder.displayName
  for (let count = 1; childNamed(mailbox, bin, folder.displayName) !== undefined; count++) folder.displayName = `${base}${count}`
  folder.parent = bin
  folder.change = ++mailbox.lastChange
}
