import { z } from 'zod'
import { MailferryError } from '../../../domain/errors.ts'
import type { FolderRole } from '../../../domain/mail.ts'
import type { Folder } from '../../mailServer.ts'
import { folderName } from '../../mapi/folderName.ts'
import { clockSlack, type FolderTree, systemClass } from '../../mapi/folderTree.ts'
import { askEach } from './askEach.ts'
import { folderOf } from './folderOf.ts'
import { extendedSchema } from './messageInfo.ts'
import { pages, readJson } from './pages.ts'
import { expanding, extendedText, property } from './properties.ts'
import { isGone, type SessionContext, sessionError } from './sessionContext.ts'

/** Names of the folders that every mailbox has, in whatever language ("mailfolder"). Those of other things than mail only the import and export API tells. */
const roles: Readonly<Record<string, FolderRole>> = {
  inbox: 'inbox',
  sentitems: 'sent',
  drafts: 'drafts',
  deleteditems: 'deleted',
  junkemail: 'junk',
  archive: 'archive',
  calendar: 'calendar',
  contacts: 'contacts',
  tasks: 'tasks',
  notes: 'notes',
}

/** Those that can be asked for by their names. */
const askedFor = ['msgfolderroot', 'inbox', 'sentitems', 'drafts', 'deleteditems', 'junkemail', 'archive'] as const

/** Folders of the server's and its clients' own: mail that waits to be sent, logs of synchronisation, what was deleted for good. */
const systemFolders: ReadonlySet<string> = new Set([
  'outbox',
  'syncissues',
  'conflicts',
  'localfailures',
  'serverfailures',
  'scheduled',
  'searchfolders',
  'clutter',
  'recoverableitemsdeletions',
])

const folderSchema = z.object({
  '@odata.type': z.string().optional(),
  id: z.string().min(1),
  displayName: z.string().nullish(),
  parentFolderId: z.string().nullish(),
  childFolderCount: z.number().nullish(),
  totalItemCount: z.number().nullish(),
  isHidden: z.boolean().nullish(),
  type: z.string().nullish(),
  wellKnownName: z.string().nullish(),
  /** In the beta version: which store the folder is in. */
  parentMailboxUrl: z.string().nullish(),
  singleValueExtendedProperties: extendedSchema,
})

export type Listed = z.infer<typeof folderSchema>

const pageSize = 500

/** Lists all folders that hold people's items. Neither hidden ones, nor search folders, nor those the server keeps for itself, nor what lies below any of these. */
export async function listFolders(context: SessionContext, signal: AbortSignal): Promise<FolderTree> {
  const { root, names } = await knownFolders(context, signal)
  const listed = await allFolders(context, signal)
  for (const { id, wellKnownName } of listed.values()) if (wellKnownName) names.set(id, wellKnownName.toLowerCase())
  // Taken before anything is written, from the server's own clock.
  const next = context.serverTime - clockSlack
  const pathOf = paths(listed, { above: new Map([[root, []]]), names })
  const folders = [...listed.values()].flatMap(({ id, type, totalItemCount }): Folder[] => {
    const path = pathOf(id)
    const role = roles[names.get(id) ?? '']
    return path ? [folderOf(context, { id, path, ...(role && { role }), count: totalItemCount ?? 0, next }, type ?? undefined)] : []
  })
  return { root, folders, deleted: folders.filter(({ role }) => role === 'deleted').map(({ path }) => path) }
}

interface Known {
  /** Where each of the folders lies that aren't listed, such as the root. */
  readonly above: ReadonlyMap<string, readonly string[]>
  /** Well-known names by ids. */
  readonly names: ReadonlyMap<string, string>
}

/** Where each listed folder lies; nothing for one that is left out. */
export function paths(listed: ReadonlyMap<string, Listed>, { above: known, names }: Known): (id: string) => readonly string[] | undefined {
  const found = new Map<string, readonly string[] | undefined>(known)
  const pathOf = (id: string): readonly string[] | undefined => {
    if (found.has(id)) return found.get(id)
    // Until its own path is known a folder has none, should a damaged mailbox have a folder within itself.
    found.set(id, undefined)
    const folder = listed.get(id)
    const above = folder?.parentFolderId ? pathOf(folder.parentFolderId) : undefined
    const isLeft = !folder || isLeftOut(folder, names.get(id))
    const path =
      isLeft || !above ? undefined : names.get(id) === 'inbox' ? ['INBOX'] : [...above, folderName.read(folder.displayName ?? '')]
    found.set(id, path)
    return path
  }
  return pathOf
}

const isLeftOut = (folder: Listed, name: string | undefined): boolean =>
  folder.isHidden === true ||
  /mailSearchFolder$/.test(folder['@odata.type'] ?? '') ||
  systemFolders.has(name ?? '') ||
  systemClass.test(folder.type ?? '') ||
  extendedText(folder, property.attributeHidden)?.toLowerCase() === 'true' ||
  extendedText(folder, property.folderType) === '2'

async function knownFolders(context: SessionContext, signal: AbortSignal) {
  const about = { operation: 'GET mailFolders' }
  const names = new Map<string, string>()
  let root: string | undefined
  const wanted = [...askedFor, ...[...systemFolders].filter(name => context.store === undefined || name === 'outbox')]
  await askEach(context, wanted, {
    ...about,
    signal,
    request: name => ({ method: 'GET', path: `${context.user}/mailFolders/${name}?$select=id` }),
    answered(name, response) {
      // Mailboxes lack the one or other; some names came later than others.
      if (name !== 'msgfolderroot' && (isGone(response) || response.status === 400)) return
      if (response.error) throw sessionError(context, about, response)
      const { id } = readJson(context, folderSchema, response.json, about.operation)
      if (name === 'msgfolderroot') root = id
      else names.set(id, name)
    },
  })
  if (root === undefined) throw new MailferryError('server.protocol', { host: context.host, detail: 'the mailbox has no root folder' })
  return { root, names }
}

/**
 * All folders: mail folders as Graph's mail API tells them, which says what is hidden, and those of other classes as the import and export API does. A folder has
 * the same id in both.
 */
async function allFolders(context: SessionContext, signal: AbortSignal): Promise<Map<string, Listed>> {
  const { user, store } = context
  const mailSelect = 'includeHiddenFolders=true&$select=id,displayName,parentFolderId,childFolderCount,totalItemCount,isHidden'
  const mail = await walk(context, { folders: `${user}/mailFolders`, query: mailSelect }, signal)
  if (store === undefined) return mail
  const all = await storeFolders(context, store, signal)
  for (const [id, folder] of mail) all.set(id, { ...all.get(id), ...folder })
  return all
}

/** All folders of a store, as the import and export API tells them. `more`: further properties. */
export function storeFolders(context: SessionContext, store: string, signal: AbortSignal, more = ''): Promise<Map<string, Listed>> {
  const expand = encodeURIComponent(expanding([property.attributeHidden, property.folderType]))
  const query = `$select=id,displayName,parentFolderId,childFolderCount,totalItemCount,type,wellKnownName${more}&$expand=${expand}`
  return walk(context, { folders: `${store}/folders`, query }, signal)
}

interface Walk {
  readonly folders: string
  readonly query: string
}

/**
 * Graph lists one level at a time; whether the import and export API does is told in two ways ("mailbox-list-folders"), so whatever has children that
 * weren't listed is asked for them.
 */
async function walk(context: SessionContext, { folders, query }: Walk, signal: AbortSignal): Promise<Map<string, Listed>> {
  const all = new Map<string, Listed>()
  const asked = new Set<string>()
  const take = async (path: string) => {
    for await (const { entities } of pages(context, `${path}?${query}`, { operation: 'GET folders', signal, pageSize })) {
      for (const entity of entities) {
        const folder = readJson(context, folderSchema, entity, 'GET folders')
        all.set(folder.id, folder)
      }
    }
  }
  await take(folders)
  for (;;) {
    const parents = new Set([...all.values()].map(({ parentFolderId }) => parentFolderId))
    const open = [...all.values()].filter(
      folder => (folder.childFolderCount ?? 0) > 0 && !asked.has(folder.id) && !parents.has(folder.id) && !isLeftOut(folder, undefined),
    )
    if (open.length === 0) return all
    for (const { id } of open) asked.add(id)
    await Promise.all(open.map(({ id }) => take(`${folders}/${encodeURIComponent(id)}/childFolders`)))
  }
}
