import { type DistinguishedFolder, isDistinguishedFolder } from '../language.ts'
import { distinguishedFolder, type Mailbox } from '../mailbox.ts'
import { isAtLeast } from '../versions.ts'
import { child, childText, type XmlElement } from '../xml/tree.ts'
import { EwsError } from './ewsError.ts'
import { type Reference, readChangeKey, readId } from './ids.ts'
import { archiveOfMailbox, mailboxAt, mailboxOfId, ownMailbox, type PlacedFolder, type PlacedItem, type Session } from './session.ts'

/** The folder of a `FolderId` or `DistinguishedFolderId`; `missing` is the code for one that isn't there. */
export function locateFolder(session: Session, id: XmlElement, missing = 'ErrorFolderNotFound'): PlacedFolder {
  if (id.name === 'DistinguishedFolderId') return distinguished(session, id, missing)
  if (id.name !== 'FolderId') throw new EwsError('ErrorInvalidRequest')
  const reference = readId(session.organisation, id.attributes['Id'] ?? '')
  if (reference.kind !== 'folder') throw new EwsError('ErrorCannotUseItemIdForFolderId')
  const mailbox = mailboxOfId(session, reference.mailboxGuid, missing)
  const folder = mailbox.folders.get(reference.number)
  if (!folder) throw new EwsError(missing)
  return { mailbox, folder }
}

function distinguished(session: Session, id: XmlElement, missing: string): PlacedFolder {
  const name = id.attributes['Id'] ?? ''
  const box = child(id, 'Mailbox')
  const address = childText(box, 'EmailAddress')
  if (box && address === undefined) throw new EwsError('ErrorMissingInformationEmailAddress')
  const mailbox = address === undefined ? ownMailbox(session) : mailboxAt(session, address, missing)
  const [, inArchive = ''] = /^archive(.+)$/.exec(name) ?? []
  if (inArchive !== '') return archived(session, mailbox, inArchive, missing)
  if (!isDistinguishedFolder(name) || !isAtLeast(session.version, since(name))) throw new EwsError(missing)
  return { mailbox, folder: distinguishedFolder(mailbox, name) }
}

/** A folder of the archive that belongs to a mailbox; `archiveroot` and the like came with Exchange 2010 SP1. */
function archived(session: Session, mailbox: Mailbox, name: string, missing: string): PlacedFolder {
  const archive = archiveOfMailbox(session, mailbox)
  const folder = archive && isDistinguishedFolder(name) ? archive.distinguished.get(name) : undefined
  if (!archive || !folder || !isAtLeast(session.version, 'Exchange2010_SP1')) throw new EwsError(missing)
  return { mailbox: archive, folder }
}

const since = (name: DistinguishedFolder) => (name.startsWith('recoverableitems') ? 'Exchange2010_SP1' : 'Exchange2007')

/** The item of an `ItemId`. */
export function locateItem(session: Session, id: XmlElement): PlacedItem {
  // Series are kept as they are given; their occurrences have no ids here.
  if (id.name !== 'ItemId') throw new EwsError('ErrorItemNotFound')
  const reference = readId(session.organisation, id.attributes['Id'] ?? '')
  if (reference.kind === 'folder') throw new EwsError('ErrorCannotUseFolderIdForItemId')
  if (reference.kind === 'immutable') throw new EwsError('ErrorInvalidIdMalformed')
  const key = id.attributes['ChangeKey']
  if (key !== undefined) readChangeKey(session.organisation, key)
  return itemOf(session, reference)
}

export function itemOf(session: Session, { mailboxGuid, number }: Reference): PlacedItem {
  const mailbox = mailboxOfId(session, mailboxGuid, 'ErrorAccessDenied')
  const item = mailbox.items.get(number)
  if (!item) throw new EwsError('ErrorItemNotFound')
  return { mailbox, item }
}

/** Whether an id's change key is the object's present one; an id without one has none to compare. */
export const isCurrent = (session: Session, id: XmlElement, change: number): boolean | undefined => {
  const key = id.attributes['ChangeKey']
  return key === undefined ? undefined : readChangeKey(session.organisation, key) === change
}
