import { z } from 'zod'
import { MailferryError } from '../../../domain/errors.ts'
import type { Folder } from '../../mailServer.ts'
import { archivePath, closedArchive } from '../../mapi/archiveTree.ts'
import { clockSlack, type FolderTree } from '../../mapi/folderTree.ts'
import { archiveId } from './archiveId.ts'
import { folderOf } from './folderOf.ts'
import { type Listed, paths, storeFolders } from './folderTree.ts'
import { readJson } from './pages.ts'
import { ask } from './send.ts'
import { isGone, type SessionContext, storeOf } from './sessionContext.ts'
import type { Stores } from './stores.ts'

/**
 * A mailbox's folders with those of its archive where they are wanted. Microsoft documents archives for the import and export API alone, in Graph's beta version ("Use the mailbox
 * import and export APIs in Microsoft Graph").
 */
export async function withArchive(context: SessionContext, stores: Stores, tree: FolderTree, signal: AbortSignal): Promise<FolderTree> {
  if (!context.options.archives) return tree
  const path = archivePath(tree.folders)
  try {
    const id = await archiveId(context, signal)
    return id === undefined ? tree : { ...tree, folders: [...tree.folders, ...(await listArchive(stores, id, path, signal))] }
  } catch (thrown) {
    return { ...tree, folders: [...tree.folders, closedArchive(path, context.owner.address, thrown)] }
  }
}

/** An archive's folders, each known to lie in the store that holds it: one that grew large is spread over several ("Handle archive mailbox redirects"). */
async function listArchive(stores: Stores, id: string, path: readonly string[], signal: AbortSignal): Promise<Folder[]> {
  const archive = stores.archive(id)
  const listed = await storeFolders(archive, storeOf(archive), signal, ',parentMailboxUrl')
  const [root, ...roots] = parentsBeside(listed)
  if (root === undefined)
    throw new MailferryError('server.refused', { host: archive.host, command: 'GET folders', response: 'an archive without folders' })
  stores.add(root, archive)
  for (const { id, parentMailboxUrl: url } of listed.values()) stores.add(id, url ? stores.at(url) : archive)
  const count = await countOf(archive, root, signal)
  const next = archive.serverTime - clockSlack
  const names = new Map(
    [...listed.values()].flatMap(({ id, wellKnownName: name }) => (name && name !== 'inbox' ? [[id, name] as const] : [])),
  )
  const pathOf = paths(listed, { above: new Map([root, ...roots].map(id => [id, path])), names })
  const below = [...listed.values()].flatMap(({ id, type, totalItemCount }) => {
    const place = pathOf(id)
    return place ? [folderOf(archive, { id, path: place, count: totalItemCount ?? 0, next }, type ?? undefined)] : []
  })
  return [folderOf(archive, { id: root, path, role: 'archiveMailbox', count, next }, undefined), ...below]
}

/** Ids of the folders above those that are listed, which aren't listed themselves: no well-known name leads to an archive's root. */
const parentsBeside = (listed: ReadonlyMap<string, Listed>): string[] => [
  ...new Set([...listed.values()].flatMap(({ parentFolderId: id }) => (id && !listed.has(id) ? [id] : []))),
]

const rootSchema = z.object({ totalItemCount: z.number().nullish() })

async function countOf(context: SessionContext, root: string, signal: AbortSignal): Promise<number> {
  const operation = 'GET folders/{id}'
  const path = `${storeOf(context)}/folders/${encodeURIComponent(root)}?$select=totalItemCount`
  const response = await ask(context, { method: 'GET', path }, { operation, signal }, isGone)
  return response.error ? 0 : (readJson(context, rootSchema, response.json, operation).totalItemCount ?? 0)
}
