import { checked } from '../../fields/extended.ts'
import { folderElement } from '../../fields/folderShape.ts'
import { folderIdElement } from '../../fields/itemView.ts'
import { readPath } from '../../fields/path.ts'
import { addFolder, childNamed, descendantsOf, distinguishedFolder, type Folder, type Mailbox } from '../../mailbox.ts'
import { child, childText, element, type XmlElement } from '../../xml/tree.ts'
import { done, eachPart, type Outcome, type Result } from '../answer.ts'
import { EwsError } from '../ewsError.ts'
import { isCurrent, locateFolder } from '../locate.ts'
import { recycle } from '../recycle.ts'
import type { PlacedFolder, Session } from '../session.ts'

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
    if (folderElement(folderClass) !== given.name) throw new EwsError('ErrorFolderSave', 'The folder class does not fit the folder.')
    const folder = addFolder(mailbox, parent, { displayName, folderClass })
    for (const property of given.children.filter(({ name }) => name === 'ExtendedProperty')) setExtended(folder, property)
    return shown(session, { mailbox, folder })
  })
}

function checkedName(mailbox: Mailbox, parent: Folder, name: string | undefined, except?: Folder): string {
  if (name === undefined || name.trim() === '' || name.length > 255)
    throw new EwsError('ErrorFolderSave', 'The folder name is missing or too long.')
  const same = childNamed(mailbox, parent, name)
  if (same && same !== except) throw new EwsError('ErrorFolderExists')
  return name
}

function setExtended({ properties }: Folder, property: XmlElement): void {
  const [uri, valued] = property.children
  const path = uri && readPath(uri)
  if (path?.kind !== 'extended' || !valued) throw new EwsError('ErrorInvalidExtendedProperty')
  properties.set(path.key, checked(path, valued))
}

const shown = ({ organisation }: Session, { mailbox, folder }: PlacedFolder): Outcome =>
  done(
    element('m:Folders', [
      element(`t:${folderElement(folder.folderClass)}`, [folderIdElement('FolderId', organisation, mailbox.guid, folder)]),
    ]),
  )

export function updateFolder(request: XmlElement, session: Session): Result[] {
  return eachPart(child(request, 'FolderChanges')?.children ?? [], change => {
    const [id] = change.children
    if (!id) throw new EwsError('ErrorInvalidRequest')
    const place = locateFolder(session, id)
    if (isCurrent(session, id, place.folder.change) === false) throw new EwsError('ErrorIrresolvableConflict')
    for (const update of child(change, 'Updates')?.children ?? []) applyUpdate(place, update)
    place.folder.change = ++place.mailbox.lastChange
    return shown(session, place)
  })
}

function applyUpdate({ mailbox, folder }: PlacedFolder, { name, children: [uri, object] }: XmlElement): void {
  const path = uri && readPath(uri)
  if (name === 'AppendToFolderField') throw new EwsError('ErrorInvalidPropertyAppend', 'Append action is not supported for this property.')
  if (name === 'DeleteFolderField') {
    if (path?.kind !== 'extended') throw new EwsError('ErrorInvalidPropertyDelete')
    folder.properties.delete(path.key)
    return
  }
  const [value, ...others] = object?.children ?? []
  if (!value || others.length > 0) throw new EwsError('ErrorIncorrectUpdatePropertyCount')
  if (path?.kind === 'extended') setExtended(folder, value)
  else if (path?.kind !== 'field' || path.element !== value.name) throw new EwsError('ErrorUpdatePropertyMismatch')
  else if (value.name === 'DisplayName') {
    if (folder.distinguished !== undefined || !folder.parent)
      throw new EwsError('ErrorFolderSave', 'Distinguished folders cannot be renamed.')
    folder.displayName = checkedName(mailbox, folder.parent, value.text, folder)
  } else if (value.name === 'FolderClass') folder.folderClass = value.text
  else throw new EwsError('ErrorInvalidPropertySet')
}

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
    return shown(session, place)
  })
}

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

function discard(mailbox: Mailbox, folder: Folder, deleteType: string): void {
  for (const item of [...folder.items.values()]) recycle(mailbox, item, deleteType)
  mailbox.folders.delete(folder.number)
  mailbox.lastChange++
}

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
