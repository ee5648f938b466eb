import { EwsError } from '../ews/ewsError.ts'
import { childrenOf, type Folder, type Mailbox } from '../mailbox.ts'
import type { Organisation } from '../organisation.ts'
import { flagsOf, keys, messageFlags, type Property } from '../properties.ts'
import { elementsOf } from '../schema/ewsGrammar.ts'
import { isAtLeast, type SchemaVersion } from '../versions.ts'
import { child, childText, element, type XmlElement } from '../xml/tree.ts'
import { extendedElement } from './extended.ts'
import { folderIdElement } from './itemView.ts'
import { type ExtendedPath, type Path, readPath } from './path.ts'

export interface FolderShape {
  readonly base: string
  readonly paths: readonly Path[]
}

export const readFolderShape = (shape: XmlElement | undefined): FolderShape => ({
  base: childText(shape, 'BaseShape') ?? 'IdOnly',
  paths: (child(shape, 'AdditionalProperties')?.children ?? []).map(readPath),
})

export interface FolderView {
  readonly organisation: Organisation
  readonly mailbox: Mailbox
  readonly folder: Folder
}

/** Which element shows a folder: its class decides. */
export function folderElement(folderClass: string): 'Folder' | 'CalendarFolder' | 'ContactsFolder' | 'TasksFolder' {
  const [, kind = ''] = /^IPF\.(\w+)/i.exec(folderClass) ?? []
  const known = { appointment: 'CalendarFolder', contact: 'ContactsFolder', task: 'TasksFolder' } as const
  return Object.entries(known).find(([name]) => name === kind.toLowerCase())?.[1] ?? 'Folder'
}

export const unreadCount = ({ items }: Folder): number =>
  [...items.values()].filter(item => !item.isAssociated && (flagsOf(item.properties) & messageFlags.read) === 0).length

export const totalCount = ({ items }: Folder): number => [...items.values()].filter(item => !item.isAssociated).length

type Reader = (view: FolderView) => XmlElement | undefined

const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['FolderId', ({ organisation, mailbox, folder }) => folderIdElement('FolderId', organisation, mailbox.guid, folder)],
  [
    'ParentFolderId',
    ({ organisation, mailbox, folder }) => folderIdElement('ParentFolderId', organisation, mailbox.guid, folder.parent ?? folder),
  ],
  ['FolderClass', ({ folder }) => (folder.folderClass === '' ? undefined : element('t:FolderClass', folder.folderClass))],
  ['DisplayName', ({ folder }) => element('t:DisplayName', folder.displayName)],
  ['TotalCount', ({ folder }) => element('t:TotalCount', String(totalCount(folder)))],
  ['ChildFolderCount', ({ mailbox, folder }) => element('t:ChildFolderCount', String(childrenOf(mailbox, folder).length))],
  ['UnreadCount', ({ folder }) => element('t:UnreadCount', String(unreadCount(folder)))],
  ['EffectiveRights', () => effectiveRights],
  ['DistinguishedFolderId', ({ folder }) => (folder.distinguished ? element('t:DistinguishedFolderId', folder.distinguished) : undefined)],
])

const effectiveRights = element(
  't:EffectiveRights',
  ['CreateAssociated', 'CreateContents', 'CreateHierarchy', 'Delete', 'Modify', 'Read'].map(name => element(`t:${name}`, 'true')),
)

const defaults = ['FolderId', 'DisplayName', 'TotalCount', 'ChildFolderCount', 'UnreadCount']
const notInAll = new Set(['PermissionSet', 'ManagedFolderInformation', 'ReplicaList', 'PolicyTag', 'ArchiveTag'])

/** A folder's element as the shape wants it, its fields in the schema's order. */
export function showFolder(view: FolderView, { base, paths }: FolderShape, version: SchemaVersion): XmlElement {
  const type = folderElement(view.folder.folderClass)
  const known = elementsOf(type)
  const wanted = new Set(
    base === 'IdOnly' ? ['FolderId'] : base === 'Default' ? defaults : known.map(([name]) => name).filter(name => !notInAll.has(name)),
  )
  const extended: ExtendedPath[] = []
  for (const path of paths) {
    if (path.kind === 'field') {
      if (!path.uri.startsWith('folder:')) throw new EwsError('ErrorInvalidPropertyRequest')
      wanted.add(path.element)
    } else if (path.kind === 'extended') extended.push(path)
    else throw new EwsError('ErrorInvalidPropertyRequest')
  }
  const children = known.flatMap(([name, since]) => {
    if (name === 'ExtendedProperty') return extended.flatMap(path => extendedElement(folderProperty(view, path), path) ?? [])
    return wanted.has(name) && (!since || isAtLeast(version, since)) ? (readers.get(name)?.(view) ?? []) : []
  })
  return element(`t:${type}`, children)
}

/** A folder's property, stored or worked out. */
export function folderProperty({ folder }: FolderView, { key }: ExtendedPath): Property | undefined {
  const integer = (value: number, type: 'Integer' | 'Long' = 'Integer'): Property => ({ type, value: String(value) })
  if (key === keys.displayName) return { type: 'String', value: folder.displayName }
  if (key === keys.containerClass) return folder.folderClass === '' ? undefined : { type: 'String', value: folder.folderClass }
  if (key === keys.contentCount) return integer(totalCount(folder))
  if (key === keys.contentUnreadCount) return integer(unreadCount(folder))
  if (key === keys.folderSize)
    return integer(
      [...folder.items.values()].reduce((sum, { size }) => sum + size, 0),
      'Long',
    )
  return folder.properties.get(key)
}
