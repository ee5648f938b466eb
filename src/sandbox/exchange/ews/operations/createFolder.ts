import { folderElement } from '../../fields/folderShape.ts'
import { addFolder } from '../../mailbox.ts'
import { child, childText, type XmlElement } from '../../xml/tree.ts'
import { eachPart, type Result } from '../answer.ts'
import { EwsError } from '../ewsError.ts'
import { checkedName, setExtended, writtenFolder } from '../folderWrites.ts'
import { locateFolder } from '../locate.ts'
import type { Session } from '../session.ts'

const classes: Readonly<Record<string, string>> = {
  CalendarFolder: 'IPF.Appointment',
  ContactsFolder: 'IPF.Contact',
  TasksFolder: 'IPF.Task',
}

export function createFolder(request: XmlElement, session: Session): Result[] {
  const [target] = child(request, 'ParentFolderId')?.children ?? []
  if (!target) throw new EwsError('ErrorInvalidRequest')
  return eachPart(child(request, 'Folders')?.children ?? [], given => {
    const { mailbox, folder: parent } = locateFolder(session, target, 'ErrorParentFolderNotFound')
    if (given.name === 'SearchFolder') throw new EwsError('ErrorInvalidOperation', 'Search folders are not supported.')
    const displayName = checkedName(mailbox, parent, childText(given, 'DisplayName'))
    if (mailbox.folders.size >= session.organisation.limits.maxFolders)
      throw new EwsError('ErrorFolderSave', 'The mailbox holds as many folders as it may.')
    const folderClass = childText(given, 'FolderClass') ?? classes[given.name] ?? 'IPF.Note'
    if (session.organisation.faults.folderClasses.has(folderClass))
      throw new EwsError('ErrorFolderSave', 'Folders of this class are not allowed.')
    if (folderElement(folderClass) !== given.name) throw new EwsError('ErrorFolderSave', 'The folder class does not fit the folder.')
    const folder = addFolder(mailbox, parent, { displayName, folderClass })
    for (const property of given.children.filter(({ name }) => name === 'ExtendedProperty')) setExtended(folder, property)
    return writtenFolder(session, { mailbox, folder })
  })
}
