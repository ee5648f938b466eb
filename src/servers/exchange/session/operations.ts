import { type ExtendedProperty, fieldUri } from '../soap/properties.ts'
import { element, textElement } from '../soap/xml.ts'

/** A property in a request: an element's path such as `item:Size`, or one that has no element. */
export type Property = string | ExtendedProperty

export const propertyUri = (property: Property): string =>
  typeof property === 'string' ? element('t:FieldURI', { FieldURI: property }) : fieldUri(property)

const additional = (wanted: readonly Property[]): string =>
  wanted.length === 0 ? '' : element('t:AdditionalProperties', {}, ...wanted.map(propertyUri))

/** An item's id, its properties wanted beside it, and its MIME content where that is. */
export const itemShape = (wanted: readonly Property[], mime = false): string =>
  element(
    'm:ItemShape',
    {},
    textElement('t:BaseShape', 'IdOnly'),
    mime ? textElement('t:IncludeMimeContent', true) : '',
    additional(wanted),
  )

export const folderShape = (wanted: readonly Property[]): string =>
  element('m:FolderShape', {}, textElement('t:BaseShape', 'IdOnly'), additional(wanted))

export const itemId = (id: string, changeKey?: string): string => element('t:ItemId', { Id: id, ChangeKey: changeKey })
export const folderId = (id: string): string => element('t:FolderId', { Id: id })

/** Optional elements that come to nothing are left out with their name. */
const optional = (name: string, content: string): string => (content === '' ? '' : element(name, {}, content))

export const getItem = (ids: readonly string[], wanted: readonly Property[], mime = false): string =>
  element('m:GetItem', {}, itemShape(wanted, mime), element('m:ItemIds', {}, ...ids.map(id => itemId(id))))

export const exportItems = (ids: readonly string[]): string =>
  element('m:ExportItems', {}, element('m:ItemIds', {}, ...ids.map(id => itemId(id))))

/** `ids`: ready-made elements. */
export const getFolder = (ids: readonly string[], shape: string): string =>
  element('m:GetFolder', {}, shape === '' ? folderShape([]) : shape, element('m:FolderIds', {}, ...ids))

/** All folders below one, at any depth; pages of Exchange's own limit. */
export const findFolder = (parent: string, wanted: readonly Property[], offset: number): string =>
  element(
    'm:FindFolder',
    { Traversal: 'Deep' },
    folderShape(wanted),
    element('m:IndexedPageFolderView', { MaxEntriesReturned: 1000, Offset: offset, BasePoint: 'Beginning' }),
    element('m:ParentFolderIds', {}, parent),
  )

export interface SyncRequest {
  readonly folder: string
  readonly state: string | undefined
  readonly wanted: readonly Property[]
}

/** The next page of a folder's changes; 512 is the most Exchange allows. */
export const syncFolderItems = ({ folder, state, wanted }: SyncRequest): string =>
  element(
    'm:SyncFolderItems',
    {},
    itemShape(wanted),
    element('m:SyncFolderId', {}, folderId(folder)),
    state === undefined ? '' : textElement('m:SyncState', state),
    textElement('m:MaxChangesReturned', 512),
    textElement('m:SyncScope', 'NormalItems'),
  )

export interface FindRequest {
  readonly folder: string
  readonly wanted: readonly Property[]
  readonly offset: number
  readonly most: number
}

/** A page of a folder's items, those created last first. */
export const findNewest = ({ folder, wanted, offset, most }: FindRequest): string =>
  element(
    'm:FindItem',
    { Traversal: 'Shallow' },
    itemShape(wanted),
    element('m:IndexedPageItemView', { MaxEntriesReturned: most, Offset: offset, BasePoint: 'Beginning' }),
    element('m:SortOrder', {}, element('t:FieldOrder', { Order: 'Descending' }, propertyUri('item:DateTimeCreated'))),
    element('m:ParentFolderIds', {}, folderId(folder)),
  )

/** `folders`: ready-made elements of one parent's new folders. */
export const createFolder = (parent: string, folders: readonly string[]): string =>
  element('m:CreateFolder', {}, element('m:ParentFolderId', {}, folderId(parent)), optional('m:Folders', folders.join('')))

export const moveItem = (ids: readonly string[], to: string, returnIds: boolean): string =>
  element(
    'm:MoveItem',
    {},
    element('m:ToFolderId', {}, folderId(to)),
    element('m:ItemIds', {}, ...ids.map(id => itemId(id))),
    // Exchange 2010 SP1 and later; earlier ones always answer them.
    returnIds ? textElement('m:ReturnNewItemIds', true) : '',
  )

export interface DeleteRequest {
  readonly ids: readonly string[]
  readonly to: 'MoveToDeletedItems' | 'SoftDelete'
  /** Exchange 2013 and later. */
  readonly suppressReadReceipts: boolean
}

/** Deletes without telling anybody. */
export const deleteItem = ({ ids, to, suppressReadReceipts }: DeleteRequest): string =>
  element(
    'm:DeleteItem',
    {
      DeleteType: to,
      SendMeetingCancellations: 'SendToNone',
      AffectedTaskOccurrences: 'AllOccurrences',
      SuppressReadReceipts: suppressReadReceipts || undefined,
    },
    element('m:ItemIds', {}, ...ids.map(id => itemId(id))),
  )

export interface UpdateRequest {
  /** Ready-made `t:ItemChange` elements. */
  readonly changes: readonly string[]
  /** Exchange 2013 and later. */
  readonly suppressReadReceipts: boolean
}

/** Updates without telling anybody, whatever others changed of the item meanwhile: only the properties named are written. */
export const updateItem = ({ changes, suppressReadReceipts }: UpdateRequest): string =>
  element(
    'm:UpdateItem',
    {
      ConflictResolution: 'AlwaysOverwrite',
      MessageDisposition: 'SaveOnly',
      SendMeetingInvitationsOrCancellations: 'SendToNone',
      SuppressReadReceipts: suppressReadReceipts || undefined,
    },
    element('m:ItemChanges', {}, ...changes),
  )

/** Ends the wait for read receipts: what Exchange 2010 has instead of `SuppressReadReceipts`. */
export const suppressReadReceipt = (items: readonly { readonly id: string; readonly changeKey?: string }[]): string =>
  element(
    'm:CreateItem',
    { MessageDisposition: 'SaveOnly' },
    element(
      'm:Items',
      {},
      ...items.map(({ id, changeKey }) =>
        element('t:SuppressReadReceipt', {}, element('t:ReferenceItemId', { Id: id, ChangeKey: changeKey })),
      ),
    ),
  )
