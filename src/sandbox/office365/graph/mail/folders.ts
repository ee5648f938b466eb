import type { MailFolder } from '@microsoft/microsoft-graph-types'
import { childrenOf, descendantsOf, distinguishedFolder, type Folder, type Mailbox } from '../../../exchange/mailbox.ts'
import { flagsOf, messageFlags } from '../../../exchange/properties.ts'
import type { Tenant } from '../../tenant.ts'
import type { GraphCall } from '../call.ts'
import { folderId } from '../ids.ts'

/** PidTagAttributeHidden. */
export const hiddenKey = '0x10f4'

export const folderProperties = [
  'id',
  'displayName',
  'parentFolderId',
  'childFolderCount',
  'unreadItemCount',
  'totalItemCount',
  'sizeInBytes',
  'isHidden',
]

export const isHidden = ({ properties }: Folder): boolean => properties.get(hiddenKey)?.value === 'true'

/** Folders of mail; calendars, contacts and tasks have resources of their own. */
export const isMailFolder = ({ folderClass }: Folder): boolean => folderClass === '' || /^IPF\.Note\b/i.test(folderClass)

const isShown = (folder: Folder, withHidden: boolean): boolean => isMailFolder(folder) && (withHidden || !isHidden(folder))

export const wantsHidden = ({ query }: GraphCall): boolean => query.get('includeHiddenFolders')?.toLowerCase() === 'true'

export const rootOf = (mailbox: Mailbox): Folder => distinguishedFolder(mailbox, 'msgfolderroot')

export const shownChildren = (mailbox: Mailbox, parent: Folder, withHidden: boolean): Folder[] =>
  childrenOf(mailbox, parent).filter(folder => isShown(folder, withHidden))

/** All mail folders below the root, at every depth. */
export const allMailFolders = (mailbox: Mailbox): Folder[] =>
  descendantsOf(mailbox, rootOf(mailbox)).filter(folder => isShown(folder, true))

export function showFolder(
  tenant: Tenant,
  mailbox: Mailbox,
  folder: Folder,
  withHidden = false,
): MailFolder & { readonly sizeInBytes: number } {
  const items = [...folder.items.values()].filter(({ isAssociated }) => !isAssociated)
  return {
    id: folderId(tenant, mailbox, folder),
    displayName: folder.displayName,
    ...(folder.parent && { parentFolderId: folderId(tenant, mailbox, folder.parent) }),
    childFolderCount: shownChildren(mailbox, folder, withHidden).length,
    unreadItemCount: items.filter(({ properties }) => (flagsOf(properties) & messageFlags.read) === 0).length,
    totalItemCount: items.length,
    sizeInBytes: items.reduce((sum, { size }) => sum + size, 0),
    isHidden: isHidden(folder),
  }
}
