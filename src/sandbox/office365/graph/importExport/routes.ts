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

/** The mailbox import and export API. */
export const importExportRoutes: readonly Route[] = [
  route('GET', 'users/{user}/settings/exchange', getExchangeSettings),
  route('POST', `${mailbox}/exportItems`, exportItems),
  route('POST', `${mailbox}/createImportSession`, createImportSession),
  route('GET', `${mailbox}/folders/delta`, deltaMailboxFolders),
  route('GET', `${mailbox}/folders/{folder}/items/delta`, deltaMailboxItems),
  route('GET', `${mailbox}/folders`, listMailboxFolders),
  route('POST', `${mailbox}/folders`, postMailboxFolder),
  route('GET', `${mailbox}/folders/{folder}`, getMailboxFolder),
  route('PATCH', `${mailbox}/folders/{folder}`, patchMailboxFolder),
  route('DELETE', `${mailbox}/folders/{folder}`, deleteMailboxFolder),
  route('GET', `${mailbox}/folders/{folder}/childFolders`, listChildMailboxFolders),
  route('POST', `${mailbox}/folders/{folder}/childFolders`, postChildMailboxFolder),
  route('GET', `${mailbox}/folders/{folder}/items`, listMailboxItems),
  route('GET', `${mailbox}/folders/{folder}/items/{item}`, getMailboxItem),
  route('DELETE', `${mailbox}/folders/{folder}/items/{item}`, deleteMailboxItem),
]
