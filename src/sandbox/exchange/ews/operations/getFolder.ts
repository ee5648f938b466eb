import { readFolderShape, showFolder } from '../../fields/folderShape.ts'
import { child, element, type XmlElement } from '../../xml/tree.ts'
import { done, eachPart, type Result } from '../answer.ts'
import { locateFolder } from '../locate.ts'
import type { Session } from '../session.ts'

export function getFolder(request: XmlElement, session: Session): Result[] {
  const shape = readFolderShape(child(request, 'FolderShape'))
  return eachPart(child(request, 'FolderIds')?.children ?? [], id => {
    const { mailbox, folder } = locateFolder(session, id)
    const { organisation, version } = session
    return done(element('m:Folders', [showFolder({ organisation, mailbox, folder }, shape, version)]))
  })
}
