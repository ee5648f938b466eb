import { checked } from '../fields/extended.ts'
import { folderElement } from '../fields/folderShape.ts'
import { folderIdElement } from '../fields/itemView.ts'
import { readPath } from '../fields/path.ts'
import { childNamed, type Folder, type Mailbox } from '../mailbox.ts'
import { element, type XmlElement } from '../xml/tree.ts'
import { done, type Outcome } from './answer.ts'
import { EwsError } from './ewsError.ts'
import { recycle } from './recycle.ts'
import type { PlacedFolder, Session } from './session.ts'

/** A name a folder may have below its parent; `except` may have it already. */
export function checkedName(mailbox: Mailbox, parent: Folder, name: string | undefined, except?: Folder): string {
  if (name === undefined || name.trim() === '' || name.length > 255)
    throw new EwsError('ErrorFolderSave', 'The folder name is missing or too long.')
  const same = childNamed(mailbox, parent, name)
  if (same && same !== except) throw new EwsError('ErrorFolderExists')
  return name
}

export function setExtended({ properties }: Folder, property: XmlElement): void {
  const [uri, valued] = property.children
  const path = uri && readPath(uri)
  if (path?.kind !== 'extended' || !valued) throw new EwsError('ErrorInvalidExtendedProperty')
  properties.set(path.key, checked(path, valued))
}

/** The answer to a folder that was written: its id. */
export const writtenFolder = ({ organisation }: Session, { mailbox, folder }: PlacedFolder): Outcome =>
  done(
    element('m:Folders', [
      element(`t:${folderElement(folder.folderClass)}`, [folderIdElement('FolderId', organisation, mailbox.guid, folder)]),
    ]),
  )

/** Deletes a folder for good, and what is in it as `deleteType` says. */
export function discard(mailbox: Mailbox, folder: Folder, deleteType: string): void {
  for (const item of [...folder.items.values()]) recycle(mailbox, item, deleteType)
  mailbox.folders.delete(folder.number)
  mailbox.lastChange++
}
