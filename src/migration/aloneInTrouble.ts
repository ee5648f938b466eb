import { isError } from '../domain/errors.ts'
import type { FolderTask, Shared } from './folderTask.ts'
import { storedError } from './storedError.ts'

/** What concerns one folder, and not the server, the mailbox or the ledger. */
export const folderTroubles = ['folder.refused', 'folder.gone', 'server.refused'] as const

/**
 * A folder that can't be worked on for a reason of its own doesn't keep the others from it: its row says why, and the work answers nothing.
 * What concerns the server, the mailbox or the ledger is thrown on.
 */
export async function aloneInTrouble<Result>(shared: Shared, task: FolderTask, work: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await work()
  } catch (thrown) {
    if (!isError(thrown, ...folderTroubles)) throw thrown
    await shared.run.writer.patchFolder(task.row.id, { error: storedError(thrown) })
    return undefined
  }
}
