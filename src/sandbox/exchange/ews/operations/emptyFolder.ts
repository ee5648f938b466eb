import { descendantsOf } from '../../mailbox.ts'
import { child, type XmlElement } from '../../xml/tree.ts'
import { done, eachPart, type Result } from '../answer.ts'
import { discard } from '../folderWrites.ts'
import { locateFolder } from '../locate.ts'
import { recycle } from '../recycle.ts'
import type { Session } from '../session.ts'

export function emptyFolder(request: XmlElement, session: Session): Result[] {
  const deleteType = request.attributes['DeleteType'] ?? ''
  return eachPart(child(request, 'FolderIds')?.children ?? [], id => {
    const { mailbox, folder } = locateFolder(session, id)
    for (const item of [...folder.items.values()]) recycle(mailbox, item, deleteType)
    if (/^(true|1)$/.test(request.attributes['DeleteSubFolders'] ?? '')) {
      for (const one of descendantsOf(mailbox, folder).reverse()) if (one.distinguished === undefined) discard(mailbox, one, deleteType)
    }
    return done()
  })
}
