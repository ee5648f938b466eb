import { z } from 'zod'
import { isError } from '../../../domain/errors.ts'
import type { NewFolder } from '../../mailServer.ts'
import { ensureFolders as ensure, keyOf, type Made, refusal } from '../../mapi/ensureFolders.ts'
import { folderName } from '../../mapi/folderName.ts'
import { clockSlack, type FolderTree } from '../../mapi/folderTree.ts'
import { folderOf } from './folderOf.ts'
import { readJson } from './pages.ts'
import { createPatience, sendOnce } from './send.ts'
import { type SessionContext, sessionError, throwIfStopped } from './sessionContext.ts'
import type { Stores } from './stores.ts'

/** Finds folders or makes them. `list` reads the tree anew, for what somebody else makes in the same moment. */
export async function ensureFolders(
  stores: Stores,
  list: () => Promise<FolderTree>,
  wanted: readonly NewFolder[],
  signal: AbortSignal,
): Promise<readonly Made[]> {
  throwIfStopped(signal, 'making folders')
  return ensure(wanted, {
    list,
    async makeBelow(parent, folders) {
      const context = stores.of(parent)
      const made = await Promise.all(folders.map(folder => make({ context, list, signal }, parent, folder)))
      for (const folder of made) if (!isError(folder)) stores.add(folder.id, context)
      return made
    },
  })
}

interface Making {
  readonly context: SessionContext
  readonly list: () => Promise<FolderTree>
  readonly signal: AbortSignal
}

const madeSchema = z.object({ id: z.string().min(1) })

/** Makes a folder below one. An answer that never came is no loss: the tree, read again, says what was made. */
async function make({ context, list, signal }: Making, parent: string, folder: NewFolder): Promise<Made> {
  const { path, containerClass } = folder
  const name = folderName.write(path.at(-1) ?? '')
  if (name === undefined) return refusal(path, 'the name is too long')
  const asking = { operation: 'POST childFolders', signal }
  const patience = createPatience(context, asking)
  for (;;) {
    try {
      const response = await sendOnce(context, request(context, parent, name, containerClass), asking)
      if (!response.error) {
        const { id } = readJson(context, madeSchema, response.json, asking.operation)
        const next = context.serverTime - clockSlack
        return folderOf(context, { id, path, count: 0, next }, containerClass)
      }
      if (response.status === 409 || response.error.code === 'ErrorFolderExists') {
        return (await listed(list, folder)) ?? refusal(path, 'a folder that is not listed has this name')
      }
      const error = sessionError(context, asking, response)
      // What is refused of the mailbox as a whole isn't the folder's.
      if (error.remedy === 'transient' || !isError(error, 'server.refused', 'request.tooLarge')) throw error
      return refusal(path, response.error.code)
    } catch (thrown) {
      await patience.after(thrown)
      const there = await listed(list, folder)
      if (there) return there
    }
  }
}

async function listed(list: () => Promise<FolderTree>, { path }: NewFolder) {
  return (await list()).folders.find(folder => keyOf(folder.path) === keyOf(path))
}

/** Only the import and export API gives a folder a class. */
function request(
  { user, mail, store }: SessionContext,
  parent: string,
  displayName: string,
  containerClass = mail ? undefined : 'IPF.Note',
) {
  const below = `${encodeURIComponent(parent)}/childFolders`
  return store === undefined || containerClass === undefined
    ? { method: 'POST' as const, path: `${user}/mailFolders/${below}`, json: { displayName } }
    : { method: 'POST' as const, path: `${store}/folders/${below}`, json: { displayName, type: containerClass } }
}
