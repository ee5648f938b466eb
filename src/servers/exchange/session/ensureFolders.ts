import type { NewFolder } from '../../mailServer.ts'
import { ensureFolders as ensure, type Made } from '../../mapi/ensureFolders.ts'
import type { FolderTree } from '../../mapi/folderTree.ts'
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
  return ensure(wanted, { list, makeBelow: (parent, folders) => makeBelow({ context, list, signal }, parent, folders) })
}
