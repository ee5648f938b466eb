import { readFolderShape, showFolder } from '../../fields/folderShape.ts'
import { childrenOf, descendantsOf, type Folder } from '../../mailbox.ts'
import { child, element, type XmlElement } from '../../xml/tree.ts'
import { done, eachPart, type Result } from '../answer.ts'
import { readFolderOperand } from '../folderOperand.ts'
import { locateFolder } from '../locate.ts'
import { pageAttributes, readPage, takePage } from '../paging.ts'
import { matches, readRestriction } from '../restriction.ts'
import type { PlacedFolder, Session } from '../session.ts'

export function findFolder(request: XmlElement, session: Session): Result[] {
  const shape = readFolderShape(child(request, 'FolderShape'))
  const page = readPage(request.children.find(({ name }) => name.endsWith('PageFolderView')))
  const restriction = readRestriction(child(request, 'Restriction'))
  return eachPart(child(request, 'ParentFolderIds')?.children ?? [], id => {
    const { organisation, version } = session
    const { mailbox, folder: parent } = locateFolder(session, id)
    const found = below({ mailbox, folder: parent }, request.attributes['Traversal'] ?? '').filter(
      folder => !restriction || matches(restriction, path => readFolderOperand({ organisation, mailbox, folder }, path)),
    )
    const taken = takePage(found, page, organisation.limits.findCountLimit)
    const folders = taken.items.map(folder => showFolder({ organisation, mailbox, folder }, shape, version))
    return done(element('m:RootFolder', [element('t:Folders', folders)], pageAttributes(taken)))
  })
}

function below({ mailbox, folder }: PlacedFolder, traversal: string): Folder[] {
  if (traversal === 'Shallow') return childrenOf(mailbox, folder)
  if (traversal === 'Deep') return descendantsOf(mailbox, folder)
  return []
}
