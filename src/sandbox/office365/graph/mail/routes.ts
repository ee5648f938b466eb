import { type Route, route } from '../route.ts'
import { deleteAttachment, getAttachment, getAttachmentContent, listAttachments, postAttachment } from './attachments.ts'
import { deltaFolders, deltaMessages, noDelta } from './deltaMessages.ts'
import { countMessages, listMessages } from './listMessages.ts'
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
import { sending } from './sending.ts'
import { createUploadSession } from './uploads.ts'

const folders = 'users/{user}/mailFolders'

const messageListOptions = ['$select', '$filter', '$top', '$skip', '$count', '$orderby', '$expand', '$search']
const folderListOptions = ['$select', '$filter', '$top', '$skip', '$count', 'includeHiddenFolders']

/** A message is reached in its mailbox, and in its folder. */
const messageRoutes = (messages: string): Route[] => [
  route('GET', `${messages}/$count`, countMessages, ['$filter']),
  route('GET', messages, listMessages, messageListOptions),
  route('POST', messages, postMessage),
  route('GET', `${messages}/{message}`, getMessage, ['$select', '$expand']),
  route('PATCH', `${messages}/{message}`, patchMessage),
  route('DELETE', `${messages}/{message}`, deleteMessage),
  route('GET', `${messages}/{message}/$value`, getMessageContent),
  route('POST', `${messages}/{message}/move`, moveMessage),
  route('POST', `${messages}/{message}/copy`, copyMessage),
  ...['send', 'reply', 'replyAll', 'forward'].map(verb => route('POST', `${messages}/{message}/${verb}`, sending)),
  route('POST', `${messages}/{message}/permanentDelete`, permanentDelete),
  route('GET', `${messages}/{message}/attachments`, listAttachments, ['$select', '$top', '$skip']),
  route('POST', `${messages}/{message}/attachments`, postAttachment),
  route('POST', `${messages}/{message}/attachments/createUploadSession`, createUploadSession),
  route('GET', `${messages}/{message}/attachments/{attachment}`, getAttachment),
  route('DELETE', `${messages}/{message}/attachments/{attachment}`, deleteAttachment),
  route('GET', `${messages}/{message}/attachments/{attachment}/$value`, getAttachmentContent),
]

export const mailRoutes: readonly Route[] = [
  // Before what would take `delta` and `$count` for an id.
  route('GET', 'users/{user}/messages/delta', noDelta),
  route('GET', `${folders}/delta`, deltaFolders, ['$select', '$top']),
  route('GET', `${folders}/{folder}/messages/delta`, deltaMessages, [
    '$select',
    '$top',
    '$expand',
    '$filter',
    '$orderby',
    '$search',
    'changeType',
  ]),
  route('POST', 'users/{user}/sendMail', sending),
  route('GET', folders, listMailFolders, folderListOptions),
  route('POST', folders, postMailFolder),
  route('GET', `${folders}/{folder}`, getMailFolder, ['$select', 'includeHiddenFolders']),
  route('PATCH', `${folders}/{folder}`, patchMailFolder),
  route('DELETE', `${folders}/{folder}`, deleteMailFolder),
  route('POST', `${folders}/{folder}/move`, moveMailFolder),
  route('POST', `${folders}/{folder}/copy`, copyMailFolder),
  route('POST', `${folders}/{folder}/permanentDelete`, permanentDeleteFolder),
  route('GET', `${folders}/{folder}/childFolders`, listChildFolders, folderListOptions),
  route('POST', `${folders}/{folder}/childFolders`, postChildFolder),
  ...messageRoutes('users/{user}/messages'),
  ...messageRoutes(`${folders}/{folder}/messages`),
]
