import { type Route, route } from '../route.ts'
import { deleteAttachment, getAttachment, getAttachmentContent, listAttachments, postAttachment } from './attachments.ts'
import { deltaFolders, deltaMessages } from './deltaMessages.ts'
import { listMessages } from './listMessages.ts'
import {
  copyMailFolder,
  deleteMailFolder,
  getMailFolder,
  listChildFolders,
  listMailFolders,
  moveMailFolder,
  patchMailFolder,
  permanentDeleteFolder,
  postChildFolder,
  postMailFolder,
} from './mailFolders.ts'
import {
  copyMessage,
  deleteMessage,
  getMessage,
  getMessageContent,
  moveMessage,
  patchMessage,
  permanentDelete,
  postMessage,
} from './messages.ts'
import { createUploadSession } from './uploads.ts'

const folders = 'users/{user}/mailFolders'

/** A message is reached in its mailbox, and in its folder. */
const messageRoutes = (messages: string): Route[] => [
  route('GET', messages, listMessages),
  route('POST', messages, postMessage),
  route('GET', `${messages}/{message}`, getMessage),
  route('PATCH', `${messages}/{message}`, patchMessage),
  route('DELETE', `${messages}/{message}`, deleteMessage),
  route('GET', `${messages}/{message}/$value`, getMessageContent),
  route('POST', `${messages}/{message}/move`, moveMessage),
  route('POST', `${messages}/{message}/copy`, copyMessage),
  route('POST', `${messages}/{message}/permanentDelete`, permanentDelete),
  route('GET', `${messages}/{message}/attachments`, listAttachments),
  route('POST', `${messages}/{message}/attachments`, postAttachment),
  route('POST', `${messages}/{message}/attachments/createUploadSession`, createUploadSession),
  route('GET', `${messages}/{message}/attachments/{attachment}`, getAttachment),
  route('DELETE', `${messages}/{message}/attachments/{attachment}`, deleteAttachment),
  route('GET', `${messages}/{message}/attachments/{attachment}/$value`, getAttachmentContent),
]

export const mailRoutes: readonly Route[] = [
  // Before what would take `delta` for an id.
  route('GET', `${folders}/delta`, deltaFolders),
  route('GET', `${folders}/{folder}/messages/delta`, deltaMessages),
  route('GET', folders, listMailFolders),
  route('POST', folders, postMailFolder),
  route('GET', `${folders}/{folder}`, getMailFolder),
  route('PATCH', `${folders}/{folder}`, patchMailFolder),
  route('DELETE', `${folders}/{folder}`, deleteMailFolder),
  route('POST', `${folders}/{folder}/move`, moveMailFolder),
  route('POST', `${folders}/{folder}/copy`, copyMailFolder),
  route('POST', `${folders}/{folder}/permanentDelete`, permanentDeleteFolder),
  route('GET', `${folders}/{folder}/childFolders`, listChildFolders),
  route('POST', `${folders}/{folder}/childFolders`, postChildFolder),
  ...messageRoutes('users/{user}/messages'),
  ...messageRoutes(`${folders}/{folder}/messages`),
]
