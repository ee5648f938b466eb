import { isError } from '../domain/errors.ts'
import type { FolderTask, Shared } from './folderTask.ts'
import { storedError } from './storedError.ts'

/**
 * A folder that can't be worked on for a reason of its own doesn't keep the others from it: its row says why, and the work answers nothing.
 * What concerns the server, the mailbox or the ledger is thrown on.
 */
export async function aloneInTrouble<Result>(shared: Shared, task: FolderTask, work: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await work()
  } catch (thrown) {
    if (!isError(thrown, 'folder.refused', 'folder.gone', 'server.refused')) throw thrown
    await shared.run.writer.patchFolder(task.row.id, { error: storedError(thrown) })
    return undefined
  }
}
