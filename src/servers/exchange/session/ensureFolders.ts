import { isError } from '../../../domain/errors.ts'
import type { Folder, NewFolder } from '../../mailServer.ts'
import { ensureFolders as ensure, type Made } from '../../mapi/ensureFolders.ts'
import type { FolderTree } from '../../mapi/folderTree.ts'
import { inArchive } from './archiveTree.ts'
import { makeBelow } from './makeFolders.ts'
import { type SessionContext, throwIfStopped } from './sessionContext.ts'

/** Finds folders or makes them. `list` reads the tree anew, for what somebody else makes in the same moment. */
export async function ensureFolders(
  context: SessionContext,
  list: () => Promise<FolderTree>,
  wanted: readonly NewFolder[],
  signal: AbortSignal,
): Promise<readonly Made[]> {
  throwIfStopped(signal, 'making folders')
  let archive: Folder | undefined
  const look = async () => {
    const tree = await list()
    archive = tree.folders.find(({ role }) => role === 'archiveMailbox')
    return tree
  }
  const made = await ensure(wanted, {
    list: look,
    makeBelow: (parent, folders) => makeBelow({ context, list: look, signal }, parent, folders),
  })
  return made.map(folder => (isError(folder) || archive?.path[0] !== folder.path[0] ? folder : { ...folder, ...inArchive }))
}
