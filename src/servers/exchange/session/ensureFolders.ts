import { MailferryError } from '../../../domain/errors.ts'
import type { NewFolder } from '../../mailServer.ts'
import type { FolderTree } from './folderTree.ts'
import { keyOf, type Made, makeBelow, refusal } from './makeFolders.ts'
import { type SessionContext, throwIfStopped } from './sessionContext.ts'

/**
 * Finds folders or makes them, one request for all new folders of a parent, level by level. Whatever lies above a wanted folder and isn't
 * there is made as a mail folder. `list` reads the tree anew, for what somebody else makes in the same moment.
 */
export async function ensureFolders(
  context: SessionContext,
  list: () => Promise<FolderTree>,
  wanted: readonly NewFolder[],
  signal: AbortSignal,
): Promise<readonly Made[]> {
  throwIfStopped(signal, 'making folders')
  const tree = await list()
  const known = new Map<string, Made>(tree.folders.map(folder => [keyOf(folder.path), folder]))
  const open = new Map<string, NewFolder>()
  for (const folder of wanted) {
    for (let length = 1; length < folder.path.length; length++) {
      const above = folder.path.slice(0, length)
      if (!open.has(keyOf(above))) open.set(keyOf(above), { path: above, subscribe: true })
    }
    open.set(keyOf(folder.path), folder)
  }
  const missing = [...open].filter(([key]) => !known.has(key)).map(([, folder]) => folder)
  const depths = [...new Set(missing.map(({ path }) => path.length))].sort((a, b) => a - b)
  for (const depth of depths) {
    const level = Map.groupBy(
      missing.filter(({ path }) => path.length === depth),
      ({ path }) => keyOf(path.slice(0, -1)),
    )
    await Promise.all(
      [...level].map(async ([parentKey, folders]) => {
        const parent = depth === 1 ? tree.root : known.get(parentKey)
        const made =
          parent === undefined || parent instanceof MailferryError
            ? folders.map(({ path }) => refusal(path, parent ? 'the folder above it could not be made' : 'the folder above it is missing'))
            : await makeBelow({ context, list, signal }, typeof parent === 'string' ? parent : parent.id, folders)
        for (const [index, folder] of folders.entries()) known.set(keyOf(folder.path), made[index] ?? refusal(folder.path, 'no answer'))
      }),
    )
  }
  return wanted.map(({ path }) => known.get(keyOf(path)) ?? refusal(path, 'no answer'))
}
