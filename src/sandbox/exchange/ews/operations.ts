import type { SchemaVersion } from '../versions.ts'
import { element, type XmlElement } from '../xml/tree.ts'
import type { Outcome, Result } from './answer.ts'
import { convertId } from './operations/convertId.ts'
import { createAttachment } from './operations/createAttachment.ts'
import { createFolder } from './operations/createFolder.ts'
import { createItem } from './operations/createItem.ts'
import { deleteAttachment } from './operations/deleteAttachment.ts'
import { deleteFolder } from './operations/deleteFolder.ts'
import { deleteItem } from './operations/deleteItem.ts'
import { emptyFolder } from './operations/emptyFolder.ts'
import { exportItems } from './operations/exportItems.ts'
import { findFolder } from './operations/findFolder.ts'
import { findItem } from './operations/findItem.ts'
import { findPeople } from './operations/findPeople.ts'
import { getAttachment } from './operations/getAttachment.ts'
import { getFolder } from './operations/getFolder.ts'
import { getItem } from './operations/getItem.ts'
import { getServiceConfiguration } from './operations/getServiceConfiguration.ts'
import { markAllItemsAsRead } from './operations/markAllItemsAsRead.ts'
import { moveFolder } from './operations/moveFolder.ts'
import { copyItem, moveItem } from './operations/moveItem.ts'
import { resolveNames } from './operations/resolveNames.ts'
import { sendItem } from './operations/sendItem.ts'
import { syncFolderHierarchy } from './operations/syncFolderHierarchy.ts'
import { syncFolderItems } from './operations/syncFolderItems.ts'
import { updateFolder } from './operations/updateFolder.ts'
import { updateItem } from './operations/updateItem.ts'
import { uploadItems } from './operations/uploadItems.ts'
import type { Session } from './session.ts'

export type Operation = {
  /** The first version that has it. */
  readonly since: SchemaVersion
  /** The element that holds what is worked on one by one, each part answered with a message of its own. */
  readonly parts?: string
  /** What the schema wants to see in a response message even where there is nothing. */
  readonly empty: readonly XmlElement[]
} & (
  | { readonly answers: 'messages'; readonly run: (request: XmlElement, session: Session) => Result[] }
  /** The response is itself the message. */
  | { readonly answers: 'one'; readonly run: (request: XmlElement, session: Session) => Outcome }
)

const messages = (
  since: SchemaVersion,
  run: (request: XmlElement, session: Session) => Result[],
  parts?: string,
  ...empty: readonly XmlElement[]
): Operation => ({ answers: 'messages', since, run, ...(parts && { parts }), empty })

const noItems = element('m:Items')
const noAttachments = element('m:Attachments')
const noState = element('m:SyncState')

/** Everything this server can do, by the name of its request. */
export const operations: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ['ResolveNames', messages('Exchange2007', resolveNames)],
  ['GetFolder', messages('Exchange2007', getFolder, 'FolderIds')],
  ['FindFolder', messages('Exchange2007', findFolder, 'ParentFolderIds')],
  ['CreateFolder', messages('Exchange2007', createFolder, 'Folders')],
  ['UpdateFolder', messages('Exchange2007', updateFolder, 'FolderChanges')],
  ['MoveFolder', messages('Exchange2007', moveFolder, 'FolderIds')],
  ['DeleteFolder', messages('Exchange2007', deleteFolder, 'FolderIds')],
  ['EmptyFolder', messages('Exchange2010_SP1', emptyFolder, 'FolderIds')],
  [
    'SyncFolderHierarchy',
    messages('Exchange2007', syncFolderHierarchy, undefined, noState, element('m:IncludesLastFolderInRange', 'true')),
  ],
  ['SyncFolderItems', messages('Exchange2007', syncFolderItems, undefined, noState, element('m:IncludesLastItemInRange', 'true'))],
  ['FindItem', messages('Exchange2007', findItem, 'ParentFolderIds')],
  ['GetItem', messages('Exchange2007', getItem, 'ItemIds', noItems)],
  ['CreateItem', messages('Exchange2007', createItem, 'Items', noItems)],
  ['UpdateItem', messages('Exchange2007', updateItem, 'ItemChanges', noItems)],
  ['MoveItem', messages('Exchange2007', moveItem, 'ItemIds', noItems)],
  ['CopyItem', messages('Exchange2007', copyItem, 'ItemIds', noItems)],
  ['DeleteItem', messages('Exchange2007', deleteItem, 'ItemIds')],
  ['SendItem', messages('Exchange2007', sendItem, 'ItemIds')],
  ['ExportItems', messages('Exchange2010_SP1', exportItems, 'ItemIds')],
  ['UploadItems', messages('Exchange2010_SP1', uploadItems, 'Items')],
  ['MarkAllItemsAsRead', messages('Exchange2013', markAllItemsAsRead, 'FolderIds')],
  ['ConvertId', messages('Exchange2007_SP1', convertId, 'SourceIds')],
  ['GetAttachment', messages('Exchange2007', getAttachment, 'AttachmentIds', noAttachments)],
  ['CreateAttachment', messages('Exchange2007', createAttachment, 'Attachments', noAttachments)],
  ['DeleteAttachment', messages('Exchange2007', deleteAttachment, 'AttachmentIds')],
  ['FindPeople', { answers: 'one', since: 'Exchange2013', run: findPeople, empty: [] }],
  ['GetServiceConfiguration', { answers: 'one', since: 'Exchange2010_SP1', run: getServiceConfiguration, empty: [] }],
])
