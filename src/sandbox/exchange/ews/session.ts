import type { Person } from '../directory.ts'
import type { ItemFault } from '../faults.ts'
import type { Item } from '../item.ts'
import type { Folder, Mailbox } from '../mailbox.ts'
import { archiveOf, mailboxOf, type Organisation, ownerOf, personByAddress } from '../organisation.ts'
import { keys, textOf } from '../properties.ts'
import { isAtLeast, type SchemaVersion } from '../versions.ts'
import { EwsError } from './ewsError.ts'

/** One request: whose it is, as whom, in which version of the schema. */
export interface Session {
  readonly organisation: Organisation
  readonly operation: string
  /** Who signed in, or is impersonated. */
  readonly actor: Person
  readonly version: SchemaVersion
  readonly now: number
}

export const speaks = (session: Session, since: SchemaVersion): boolean => isAtLeast(session.version, since)

/** The actor's own mailbox. */
export function ownMailbox(session: Session): Mailbox {
  const mailbox = mailboxOf(session.organisation, session.actor)
  if (!mailbox) throw new EwsError('ErrorMissingEmailAddress')
  return available(session, mailbox)
}

/** The mailbox of an address; who may not open it is refused as `refusal`. */
export function mailboxAt(session: Session, address: string, refusal: string): Mailbox {
  const person = personByAddress(session.organisation, address)
  const mailbox = person && mailboxOf(session.organisation, person)
  if (!mailbox) throw new EwsError('ErrorNonExistentMailbox')
  return permitted(session, mailbox, refusal)
}

/** The archive that belongs to a mailbox; who may open the one may open the other. */
export function archiveOfMailbox(session: Session, mailbox: Mailbox): Mailbox | undefined {
  const owner = ownerOf(session.organisation, mailbox)
  const archive = owner && archiveOf(session.organisation, owner)
  return archive && available(session, archive)
}

/** The mailbox an id leads to. One that is nobody's any more can't be opened: ids of a store end with it. */
export function mailboxOfId(session: Session, guid: string, refusal: string): Mailbox {
  const mailbox = session.organisation.mailboxes.get(guid)
  if (!mailbox || !ownerOf(session.organisation, mailbox)) throw new EwsError('ErrorNonExistentMailbox', 'No mailbox with such guid.')
  return permitted(session, mailbox, refusal)
}

function permitted(session: Session, mailbox: Mailbox, refusal: string): Mailbox {
  const owner = ownerOf(session.organisation, mailbox)
  if (owner !== session.actor && !owner?.fullAccess.has(session.actor.objectGuid)) throw new EwsError(refusal)
  return available(session, mailbox)
}

function available({ organisation }: Session, mailbox: Mailbox): Mailbox {
  const fault = organisation.faults.mailboxes.get(mailbox.guid)
  if (fault) throw new EwsError(fault)
  return mailbox
}

/** An item with the mailbox it is in. */
export interface PlacedItem {
  readonly mailbox: Mailbox
  readonly item: Item
}

export interface PlacedFolder {
  readonly mailbox: Mailbox
  readonly folder: Folder
}

/** Throws what is to go wrong with this item. */
export function checkItemFault(
  session: Session,
  { mailbox, item }: { mailbox: Mailbox; item: Pick<Item, 'properties' | 'itemClass'> },
  index: number,
): void {
  const fault: ItemFault | undefined = session.organisation.faults.item?.({
    operation: session.operation,
    mailboxGuid: mailbox.guid,
    subject: textOf(item.properties, keys.subject) ?? '',
    itemClass: item.itemClass,
    index,
  })
  if (fault) throw new EwsError(fault)
}
