import { type Route, route } from '../route.ts'
import { exportItems } from './exportItems.ts'
import {
  deleteMailboxFolder,
  deltaMailboxFolders,
  getMailboxFolder,
  listChildMailboxFolders,
  listMailboxFolders,
  patchMailboxFolder,
  postChildMailboxFolder,
  postMailboxFolder,
} from './folders.ts'
import { createImportSession } from './importItem.ts'
import { deleteMailboxItem, deltaMailboxItems, getMailboxItem, listMailboxItems } from './items.ts'
import { getExchangeSettings } from './mailboxes.ts'

const mailbox = 'admin/exchange/mailboxes/{mailbox}'

const folderListOptions = ['$select', '$filter', '$top', '$skip', '$expand']

/** The mailbox import and export API. */
export const importExportRoutes: readonly Route[] = [
  route('GET', 'users/{user}/settings/exchange', getExchangeSettings),
  route('POST', `${mailbox}/exportItems`, exportItems),
  route('POST', `${mailbox}/createImportSession`, createImportSession),
  route('GET', `${mailbox}/folders/delta`, deltaMailboxFolders, ['$top']),
  route('GET', `${mailbox}/folders/{folder}/items/delta`, deltaMailboxItems, ['$select', '$top', '$expand']),
  route('GET', `${mailbox}/folders`, listMailboxFolders, folderListOptions),
  route('POST', `${mailbox}/folders`, postMailboxFolder),
  route('GET', `${mailbox}/folders/{folder}`, getMailboxFolder, ['$select']),
  route('PATCH', `${mailbox}/folders/{folder}`, patchMailboxFolder),
  route('DELETE', `${mailbox}/folders/{folder}`, deleteMailboxFolder),
  route('GET', `${mailbox}/folders/{folder}/childFolders`, listChildMailboxFolders, folderListOptions),
  route('POST', `${mailbox}/folders/{folder}/childFolders`, postChildMailboxFolder),
  route('GET', `${mailbox}/folders/{folder}/items`, listMailboxItems, ['$select', '$filter', '$top', '$skip', '$expand']),
  route('GET', `${mailbox}/folders/{folder}/items/{item}`, getMailboxItem, ['$select', '$expand']),
  route('DELETE', `${mailbox}/folders/{folder}/items/{item}`, deleteMailboxItem, ['disposalType']),
]
