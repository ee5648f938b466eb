/** EWS requests as texts, for what tests ask again and again. */

export const folderTarget = (name: 'm:SavedItemFolderId' | 'm:SyncFolderId' | 'm:ToFolderId', folder: string): string =>
  `<${name}>${folder}</${name}>`

const additional = (paths: string): string => (paths ? `<t:AdditionalProperties>${paths}</t:AdditionalProperties>` : '')

export const field = (uri: string): string => `<t:FieldURI FieldURI="${uri}"/>`

export const tag = (property: string, type: string): string => `<t:ExtendedFieldURI PropertyTag="${property}" PropertyType="${type}"/>`

export const named = (name: string, type = 'String', set = '7c2f1b44-9a3e-4d5b-8c6a-0e1f2a3b4c5d'): string =>
  `<t:ExtendedFieldURI PropertySetId="${set}" PropertyName="${name}" PropertyType="${type}"/>`

export const extended = (uri: string, value: string): string => `<t:ExtendedProperty>${uri}<t:Value>${value}</t:Value></t:ExtendedProperty>`

/** What keeps a message from being a draft, and its date. */
export const received = (flags: number, time: string): string =>
  extended(tag('0x0E07', 'Integer'), String(flags)) + extended(tag('0x0E06', 'SystemTime'), time)

export const mime = (text: string | Buffer): string =>
  `<t:MimeContent CharacterSet="UTF-8">${Buffer.from(text).toString('base64')}</t:MimeContent>`

export interface CreateOptions {
  readonly folder?: string
  readonly disposition?: string
  readonly invitations?: string
}

export const createItem = (items: string, { folder, disposition = 'SaveOnly', invitations }: CreateOptions = {}): string =>
  `<m:CreateItem MessageDisposition="${disposition}"${invitations ? ` SendMeetingInvitations="${invitations}"` : ''}>${folder ? folderTarget('m:SavedItemFolderId', folder) : ''}<m:Items>${items}</m:Items></m:CreateItem>`

export interface ShapeOptions {
  readonly base?: string
  readonly paths?: string
  readonly mime?: boolean
  readonly bodyType?: string
}

export const itemShape = ({ base = 'IdOnly', paths = '', mime: withMime, bodyType }: ShapeOptions): string =>
  `<m:ItemShape><t:BaseShape>${base}</t:BaseShape>${withMime ? '<t:IncludeMimeContent>true</t:IncludeMimeContent>' : ''}${bodyType ? `<t:BodyType>${bodyType}</t:BodyType>` : ''}${additional(paths)}</m:ItemShape>`

export const getItem = (ids: string, shape: ShapeOptions = {}): string =>
  `<m:GetItem>${itemShape(shape)}<m:ItemIds>${ids}</m:ItemIds></m:GetItem>`

export interface FindOptions extends ShapeOptions {
  readonly view?: string
  readonly restriction?: string
  readonly sort?: string
  readonly traversal?: string
}

export const findItem = (folder: string, { view = '', restriction, sort, traversal = 'Shallow', ...shape }: FindOptions = {}): string =>
  `<m:FindItem Traversal="${traversal}">${itemShape(shape)}${view}${restriction ? `<m:Restriction>${restriction}</m:Restriction>` : ''}${sort ? `<m:SortOrder>${sort}</m:SortOrder>` : ''}<m:ParentFolderIds>${folder}</m:ParentFolderIds></m:FindItem>`

export const page = (offset: number, max: number, base = 'Beginning'): string =>
  `<m:IndexedPageItemView MaxEntriesReturned="${max}" Offset="${offset}" BasePoint="${base}"/>`

export const updateItem = (id: string, updates: string, attributes = ''): string =>
  `<m:UpdateItem ConflictResolution="AlwaysOverwrite" MessageDisposition="SaveOnly" ${attributes}><m:ItemChanges><t:ItemChange>${id}<t:Updates>${updates}</t:Updates></t:ItemChange></m:ItemChanges></m:UpdateItem>`

export const setField = (path: string, value: string, element = 'Message'): string =>
  `<t:SetItemField>${path}<t:${element}>${value}</t:${element}></t:SetItemField>`

export const deleteField = (path: string): string => `<t:DeleteItemField>${path}</t:DeleteItemField>`

export const deleteItem = (ids: string, type = 'MoveToDeletedItems', attributes = ''): string =>
  `<m:DeleteItem DeleteType="${type}" ${attributes}><m:ItemIds>${ids}</m:ItemIds></m:DeleteItem>`

export const moveItem = (ids: string, to: string, operation = 'MoveItem'): string =>
  `<m:${operation}><m:ToFolderId>${to}</m:ToFolderId><m:ItemIds>${ids}</m:ItemIds><m:ReturnNewItemIds>true</m:ReturnNewItemIds></m:${operation}>`

export const syncItems = (folder: string, state?: string, max = 512, paths = ''): string =>
  `<m:SyncFolderItems>${itemShape({ paths })}<m:SyncFolderId>${folder}</m:SyncFolderId>${state ? `<m:SyncState>${state}</m:SyncState>` : ''}<m:MaxChangesReturned>${max}</m:MaxChangesReturned></m:SyncFolderItems>`

export const exportItems = (ids: string): string => `<m:ExportItems><m:ItemIds>${ids}</m:ItemIds></m:ExportItems>`

export const uploadItem = (parent: string, data: string, action = 'CreateNew', id = ''): string =>
  `<m:UploadItems><m:Items><t:Item CreateAction="${action}">${parent}${id}<t:Data>${data}</t:Data></t:Item></m:Items></m:UploadItems>`

export const resolveNames = (entry: string, full = false): string =>
  `<m:ResolveNames ReturnFullContactData="${full}" SearchScope="ActiveDirectory"><m:UnresolvedEntry>${entry}</m:UnresolvedEntry></m:ResolveNames>`

export const folderShape = (base: string, paths = ''): string =>
  `<m:FolderShape><t:BaseShape>${base}</t:BaseShape>${additional(paths)}</m:FolderShape>`

export const getFolder = (ids: string, base = 'AllProperties', paths = ''): string =>
  `<m:GetFolder>${folderShape(base, paths)}<m:FolderIds>${ids}</m:FolderIds></m:GetFolder>`
