import { readChangeKey, readId, writeChangeKey, writeId } from '../../exchange/ews/ids.ts'
import { itemChange } from '../../exchange/fields/itemView.ts'
import type { Item } from '../../exchange/item.ts'
import { type DistinguishedFolder, isDistinguishedFolder } from '../../exchange/language.ts'
import { distinguishedFolder, type Folder, type Mailbox } from '../../exchange/mailbox.ts'
import { auxiliaries } from '../archives.ts'
import type { Tenant } from '../tenant.ts'
import { type GraphCall, wantsImmutableIds } from './call.ts'
import { GraphError, itemNotFound } from './graphError.ts'

/** Graph's form of Exchange's ids: their base64 without what URLs can't hold. */
const toRest = (id: string): string => id.replaceAll('/', '-').replaceAll('+', '_')
const fromRest = (id: string): string => id.replaceAll('-', '/').replaceAll('_', '+')

export const folderId = ({ organisation }: Tenant, { guid }: Mailbox, { number }: Pick<Folder, 'number'>): string =>
  toRest(writeId(organisation, { kind: 'folder', mailboxGuid: guid, number }))

/** An item's id: of the kind the call prefers. */
export const itemId = (call: GraphCall, mailbox: Mailbox, item: Pick<Item, 'number' | 'immutable'>): string =>
  wantsImmutableIds(call) ? immutableId(call.site.tenant, mailbox, item.immutable) : numberId(call.site.tenant, mailbox, item.number)

export const numberId = ({ organisation }: Tenant, { guid }: Mailbox, number: number): string =>
  toRest(writeId(organisation, { kind: 'item', mailboxGuid: guid, number }))

export const immutableId = ({ organisation }: Tenant, { guid }: Mailbox, number: number): string =>
  toRest(writeId(organisation, { kind: 'immutable', mailboxGuid: guid, number }))

export const attachmentId = ({ organisation }: Tenant, { guid }: Mailbox, item: Item, number: number): string =>
  toRest(writeId(organisation, { kind: 'attachment', mailboxGuid: guid, number, item: item.number }))

export const changeKey = ({ organisation }: Tenant, item: Item): string => writeChangeKey(organisation, itemChange(item))

/** Whether a change key is the item's present one. */
export const isCurrentKey = ({ organisation }: Tenant, item: Item, key: string): boolean =>
  readChangeKey(organisation, key) === itemChange(item)

export const etag = (tenant: Tenant, item: Item): string => `W/"${changeKey(tenant, item)}"`

/** Names of folders that every mailbox has; those of the store's own have none in Graph. */
const wellKnown: ReadonlySet<string> = new Set<DistinguishedFolder>([
  'msgfolderroot',
  'inbox',
  'outbox',
  'sentitems',
  'deleteditems',
  'drafts',
  'junkemail',
  'searchfolders',
  'recoverableitemsdeletions',
])

/** Well-known names aren't supported in an archive. */
export const isArchiveStore = ({ distinguished }: Mailbox): boolean => !distinguished.has('inbox')

/** The store that a folder of an expanded archive is in; nothing where it is in the archive itself. */
export function auxiliaryOf(tenant: Tenant, mailbox: Mailbox, id: string): Mailbox | undefined {
  const stores = auxiliaries(tenant, mailbox)
  if (stores.length === 0) return undefined
  const { mailboxGuid } = readId(tenant.organisation, fromRest(id))
  return stores.find(({ guid }) => guid === mailboxGuid)
}

/** A folder by its id or well-known name. */
export function findFolder({ organisation, archiveFolders }: Tenant, mailbox: Mailbox, id: string): Folder {
  const name = id.toLowerCase()
  const archive = archiveFolders.get(mailbox.guid)
  if (name === 'archive' && archive && mailbox.folders.has(archive.number)) return archive
  if (!isArchiveStore(mailbox) && wellKnown.has(name) && isDistinguishedFolder(name)) return distinguishedFolder(mailbox, name)
  const { kind, mailboxGuid, number } = readId(organisation, fromRest(id))
  const folder = kind === 'folder' && mailboxGuid === mailbox.guid ? mailbox.folders.get(number) : undefined
  if (!folder) throw itemNotFound()
  return folder
}

/** An item by either kind of id. */
export function findItem({ organisation }: Tenant, mailbox: Mailbox, id: string): Item {
  const { kind, mailboxGuid, number } = readId(organisation, fromRest(id))
  if (kind !== 'item' && kind !== 'immutable') throw new GraphError(400, 'ErrorInvalidIdMalformed', 'Id is malformed.')
  if (mailboxGuid !== mailbox.guid) throw itemNotFound()
  const item = kind === 'item' ? mailbox.items.get(number) : byImmutable(mailbox, number)
  if (!item) throw itemNotFound()
  return item
}

function byImmutable({ items }: Mailbox, immutable: number): Item | undefined {
  const unmoved = items.get(immutable)
  return unmoved?.immutable === immutable ? unmoved : [...items.values()].find(item => item.immutable === immutable)
}

/** The attachment's number within its item. */
export function attachmentNumber({ organisation }: Tenant, item: Item, id: string): number {
  const reference = readId(organisation, fromRest(id))
  if (reference.kind !== 'attachment' || reference.item !== item.number) throw itemNotFound()
  return reference.number
}
