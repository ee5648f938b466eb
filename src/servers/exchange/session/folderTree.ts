import { MailferryError } from '../../../domain/errors.ts'
import type { FolderRole } from '../../../domain/mail.ts'
import type { Folder } from '../../mailServer.ts'
import { folderName } from '../../mapi/folderName.ts'
import { clockSlack, type FolderTree, systemClass, whatItHolds } from '../../mapi/folderTree.ts'
import { descend, numberAt, textAt, type XmlNode } from '../soap/node.ts'
import { properties } from '../soap/properties.ts'
import { troubleOfMessage } from '../soap/trouble.ts'
import { ask } from './ask.ts'
import { extendedText } from './extendedValues.ts'
import { findFolder, folderShape, getFolder, type Property } from './operations.ts'
import { distinguishedFolder, requestOf, type SessionContext, sessionError } from './sessionContext.ts'

/** The folders that every mailbox has, in whatever language. */
const roles: Readonly<Record<string, FolderRole>> = {
  inbox: 'inbox',
  sentitems: 'sent',
  drafts: 'drafts',
  deleteditems: 'deleted',
  junkemail: 'junk',
  calendar: 'calendar',
  contacts: 'contacts',
  tasks: 'tasks',
  notes: 'notes',
}

/** Folders of the server's and its clients' own: mail that waits to be sent, the log of synchronisation conflicts, suggestions. Their contents are made anew elsewhere. */
const systemFolders = ['outbox', 'syncissues', 'conflicts', 'localfailures', 'serverfailures'] as const

/** Distinguished folders that only Exchange 2013 and later know. */
const since2013 = new Set<string>(['syncissues', 'conflicts', 'localfailures', 'serverfailures'])

const folderProperties: readonly Property[] = [
  'folder:DisplayName',
  'folder:ParentFolderId',
  'folder:FolderClass',
  'folder:TotalCount',
  properties.attributeHidden,
]

export interface Listed {
  readonly id: string
  readonly parent: string | undefined
  readonly name: string
  readonly containerClass: string | undefined
  readonly count: number
  readonly left: boolean
}

/**
 * Lists all folders that hold people's items. Neither hidden ones, nor search folders, nor those the server keeps for itself, nor what lies below any of these.
 * Anew each time, a thousand folders with one request: SyncFolderHierarchy with a stored state would save none of it and leave out the counts of folders that didn't change.
 */
export async function listFolders(context: SessionContext, signal: AbortSignal): Promise<FolderTree> {
  const { root, roleOf, system } = await knownFolders(context, signal)
  const listed = await allBelow(context, distinguishedFolder(context, 'msgfolderroot'), signal)
  const folders = foldersOf(context, listed, { root, path: [], roleOf, system })
  return { root, folders, deleted: folders.filter(({ role }) => role === 'deleted').map(({ path }) => path) }
}

export interface Known {
  readonly root: string
  /** The root's. */
  readonly path: readonly string[]
  readonly roleOf: ReadonlyMap<string, FolderRole>
  readonly system: ReadonlySet<string>
}

/** What was listed below a root, in the port's terms. */
export function foldersOf(
  context: SessionContext,
  listed: ReadonlyMap<string, Listed>,
  { root, path: top, roleOf, system }: Known,
): Folder[] {
  // Taken before anything is written, from the server's own clock.
  const next = context.serverTime - clockSlack
  const paths = new Map<string, readonly string[] | undefined>([[root, top]])
  const pathOf = (id: string): readonly string[] | undefined => {
    if (paths.has(id)) return paths.get(id)
    // Until its own path is known a folder has none, should a damaged mailbox have a folder within itself.
    paths.set(id, undefined)
    const folder = listed.get(id)
    const above = folder?.parent === undefined ? undefined : pathOf(folder.parent)
    const isLeft = !folder || folder.left || system.has(id)
    const path = isLeft || !above ? undefined : roleOf.get(id) === 'inbox' ? ['INBOX'] : [...above, folder.name]
    paths.set(id, path)
    return path
  }
  return [...listed.values()].flatMap(({ id, containerClass, count }): Folder[] => {
    const path = pathOf(id)
    const role = roleOf.get(id)
    return path
      ? [{ id, path, ...(role && { role }), ...whatItHolds(containerClass), selectable: true, subscribed: true, count, validity: id, next }]
      : []
  })
}

async function knownFolders(context: SessionContext, signal: AbortSignal) {
  const names = [
    'msgfolderroot',
    ...Object.keys(roles),
    ...systemFolders.filter(name => !since2013.has(name) || context.version === 'Exchange2013'),
  ]
  const ids = names.map(name => distinguishedFolder(context, name))
  const body = requestOf(context, [getFolder(ids, folderShape([]))])
  const about = { operation: 'GetFolder', body, signal }
  // Mailboxes lack the one or other, where somebody deleted it by force. Of one that no answer came for it isn't known what it is: it would be taken for a person's.
  const messages = await ask(context, { ...about, answers: names.length }, ({ meaning }) => meaning === 'folderGone')
  const roleOf = new Map<string, FolderRole>()
  const system = new Set<string>()
  let root: string | undefined
  for (const [index, message] of messages.entries()) {
    const name = names[index]
    const id = descend(descend(message, 'Folders')?.children[0], 'FolderId')?.attributes['Id']
    if (name === undefined || id === undefined) continue
    const role = roles[name]
    if (name === 'msgfolderroot') root = id
    else if (role) roleOf.set(id, role)
    else system.add(id)
  }
  if (root === undefined)
    throw sessionError(context, about, troubleOfMessage(messages[0] ?? nothing) ?? { code: 'no root folder', meaning: undefined })
  return { root, roleOf, system }
}

const nothing: XmlNode = { name: '', attributes: { ResponseClass: 'Success' }, children: [], text: '' }

/** Everything below a folder, by ids. `parent`: a ready-made element. */
export async function allBelow(context: SessionContext, parent: string, signal: AbortSignal): Promise<Map<string, Listed>> {
  const all = new Map<string, Listed>()
  for (let offset = 0; ; ) {
    const body = requestOf(context, [findFolder(parent, folderProperties, offset)])
    const [message] = await ask(context, { operation: 'FindFolder', body, signal })
    const page = descend(message, 'RootFolder')
    for (const node of descend(page, 'Folders')?.children ?? []) {
      const folder = listedFolder(node)
      if (folder) all.set(folder.id, folder)
    }
    if (page?.attributes['IncludesLastItemInRange'] !== 'false') return all
    const following = Number(page.attributes['IndexedPagingOffset'] ?? Number.NaN)
    if (!(following > offset))
      throw new MailferryError('server.protocol', { host: context.host, detail: 'FindFolder gives no end of its pages' })
    offset = following
  }
}

function listedFolder(node: XmlNode): Listed | undefined {
  const id = descend(node, 'FolderId')?.attributes['Id']
  if (id === undefined) return undefined
  const containerClass = textAt(node, 'FolderClass')
  return {
    id,
    parent: descend(node, 'ParentFolderId')?.attributes['Id'],
    name: folderName.read(textAt(node, 'DisplayName') ?? ''),
    containerClass,
    count: numberAt(node, 'TotalCount') ?? 0,
    left:
      node.name === 'SearchFolder' || systemClass.test(containerClass ?? '') || extendedText(node, properties.attributeHidden) === 'true',
  }
}
