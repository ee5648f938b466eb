import { MailferryError } from '../../domain/errors.ts'
import type { Folder, NewFolder } from '../mailServer.ts'
import type { FolderTree } from './folderTree.ts'

export type Made = Folder | MailferryError

/** Names of one parent's folders differ by more than case. */
export const keyOf = (path: readonly string[]): string => JSON.stringify(path.map(name => name.normalize('NFC').toLowerCase()))

export const refusal = (path: readonly string[], response: string): MailferryError =>
  new MailferryError('folder.refused', { folder: path.join('/'), response })

export interface FolderMaking {
  /** The tree as it is now. */
  readonly list: () => Promise<FolderTree>
  /** Makes folders below the one of an id. One result for each, in order. */
  makeBelow(parent: string, folders: readonly NewFolder[]): Promise<readonly Made[]>
}

/**
 * Finds folders or makes them, all new folders of a parent at once, level by level. Whatever lies above a wanted folder and isn't
 * there is made as a mail folder.
 */
export async function ensureFolders(wanted: readonly NewFolder[], { list, makeBelow }: FolderMaking): Promise<readonly Made[]> {
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
            : await makeBelow(typeof parent === 'string' ? parent : parent.id, folders)
        for (const [index, folder] of folders.entries()) known.set(keyOf(folder.path), made[index] ?? refusal(folder.path, 'no answer'))
      }),
    )
  }
  return wanted.map(({ path }) => known.get(keyOf(path)) ?? refusal(path, 'no answer'))
}
