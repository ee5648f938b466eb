import { readPath } from '../../fields/path.ts'
import { child, type XmlElement } from '../../xml/tree.ts'
import { eachPart, type Result } from '../answer.ts'
import { EwsError } from '../ewsError.ts'
import { checkedName, setExtended, writtenFolder } from '../folderWrites.ts'
import { isCurrent, locateFolder } from '../locate.ts'
import type { PlacedFolder, Session } from '../session.ts'

export function updateFolder(request: XmlElement, session: Session): Result[] {
  return eachPart(child(request, 'FolderChanges')?.children ?? [], change => {
    const [id] = change.children
    if (!id) throw new EwsError('ErrorInvalidRequest')
    const place = locateFolder(session, id)
    if (isCurrent(session, id, place.folder.change) === false) throw new EwsError('ErrorIrresolvableConflict')
    for (const update of child(change, 'Updates')?.children ?? []) applyUpdate(place, update)
    place.folder.change = ++place.mailbox.lastChange
    return writtenFolder(session, place)
  })
}

function applyUpdate({ mailbox, folder }: PlacedFolder, { name, children: [uri, object] }: XmlElement): void {
  const path = uri && readPath(uri)
  if (name === 'AppendToFolderField') throw new EwsError('ErrorInvalidPropertyAppend', 'Append action is not supported for this property.')
  if (name === 'DeleteFolderField') {
    // Who may do what in a folder isn't kept here.
    if (path?.kind === 'field' && path.uri === 'folder:PermissionSet') return
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
