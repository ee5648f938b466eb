import { EwsError } from '../ews/ewsError.ts'
import { childrenOf, type Folder, type Mailbox } from '../mailbox.ts'
import { type Organisation, ownerOf } from '../organisation.ts'
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
  ['DistinguishedFolderId', ({ organisation, mailbox, folder }) => distinguishedName(organisation, mailbox, folder)],
])

/** Nothing where the schema has no name for it: an archive's search folders. */
function distinguishedName(organisation: Organisation, mailbox: Mailbox, { distinguished }: Folder): XmlElement | undefined {
  const isArchive = ownerOf(organisation, mailbox)?.archiveGuid === mailbox.guid
  if (distinguished === undefined || (isArchive && distinguished === 'searchfolders')) return undefined
  return element('t:DistinguishedFolderId', isArchive ? `archive${distinguished}` : distinguished)
}

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

/** What a folder's property is worked out from, where it isn't stored. */
const computed: ReadonlyMap<string, (view: FolderView) => Property | undefined> = new Map<
  string,
  (view: FolderView) => Property | undefined
>([
  [keys.displayName, ({ folder }) => ({ type: 'String', value: folder.displayName })],
  [keys.containerClass, ({ folder }) => (folder.folderClass === '' ? undefined : { type: 'String', value: folder.folderClass })],
  [keys.contentCount, ({ folder }) => integer(totalCount(folder))],
  [keys.contentUnreadCount, ({ folder }) => integer(unreadCount(folder))],
  [keys.folderSize, ({ folder }) => integer(sum([...folder.items.values()].map(({ size }) => size)), 'Long')],
  [keys.subfolders, ({ mailbox, folder }) => ({ type: 'Boolean', value: String(childrenOf(mailbox, folder).length > 0) })],
  [keys.articleNumberNext, ({ mailbox }) => integer(mailbox.lastNumber + 1)],
])

const integer = (value: number, type: 'Integer' | 'Long' = 'Integer'): Property => ({ type, value: String(value) })

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)

/** A folder's property, stored or worked out. */
export function folderProperty(view: FolderView, { key }: ExtendedPath): Property | undefined {
  const compute = computed.get(key)
  return compute ? compute(view) : view.folder.properties.get(key)
}
