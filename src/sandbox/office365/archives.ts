import { addFolder, childrenOf, distinguishedFolder, type Folder, type Mailbox } from '../exchange/mailbox.ts'
import { addArchiveStore } from '../exchange/organisation.ts'
import type { CloudUser, Tenant } from './tenant.ts'

/** The stores beside its own over which an archive is spread ("Handle archive mailbox redirects"). */
export const auxiliaries = ({ auxiliaryArchives }: Tenant, { guid }: Mailbox): readonly Mailbox[] => auxiliaryArchives.get(guid) ?? []

/** What of such a store is shown in the archive: its owner's folders, not those every store has. */
export const expandedIn = (store: Mailbox): Folder[] =>
  childrenOf(store, distinguishedFolder(store, 'msgfolderroot')).filter(({ distinguished }) => distinguished === undefined)

/** Adds a folder to an archive, in another store. */
export function expandArchive(tenant: Tenant, archive: Mailbox, displayName: string): { readonly store: Mailbox; readonly folder: Folder } {
  const store = addArchiveStore(tenant.organisation)
  tenant.auxiliaryArchives.set(archive.guid, [...auxiliaries(tenant, archive), store])
  return { store, folder: addFolder(store, distinguishedFolder(store, 'msgfolderroot'), { displayName, folderClass: 'IPF.Note' }) }
}

/** Whose mailbox a store is, or archive, or part of an archive. */
export const ownerOfStore = (tenant: Tenant, guid: string | undefined): CloudUser | undefined =>
  [...tenant.users.values()].find(
    ({ person: { mailboxGuid, archiveGuid } }) =>
      guid !== undefined &&
      (mailboxGuid === guid ||
        archiveGuid === guid ||
        (archiveGuid !== undefined && tenant.auxiliaryArchives.get(archiveGuid)?.some(store => store.guid === guid))),
  )
