import { isError } from '../domain/errors.ts'
import { aloneInTrouble, folderTroubles } from './aloneInTrouble.ts'
import type { FolderTask, Shared } from './folderTask.ts'
import { forEachAtOnce } from './forEachAtOnce.ts'
import { readBack } from './readBack.ts'
import { stampWritten } from './stampWritten.ts'

/** Items that are worth requests of their own. */
const enough = 500

/**
 * To be told of each folder whose items are written: they get their marker, where their format couldn't carry it, and are read back, while other folders are on
 * their way. Small folders wait for each other where the target can be asked of several folders' items together; who waits at the end is left to `finishAll`.
 */
export function createFinisher(shared: Shared): (task: FolderTask) => Promise<void> {
  const waiting: FolderTask[] = []
  let count = 0
  return async task => {
    waiting.push(task)
    count += task.from.count
    if (shared.target.traits.keysOfMailbox && count < enough) return
    count = 0
    await finishTogether(shared, waiting.splice(0))
  }
}

/** Finishes folders with as few requests as the target allows. */
export const finishAll = (shared: Shared, tasks: readonly FolderTask[]): Promise<void> =>
  shared.target.traits.keysOfMailbox ? finishTogether(shared, tasks) : forEachAtOnce(tasks, shared, task => finishTogether(shared, [task]))

/** A folder's own trouble doesn't keep the others from being finished. */
async function finishTogether(shared: Shared, tasks: readonly FolderTask[]): Promise<void> {
  try {
    await finish(shared, tasks)
  } catch (thrown) {
    if (!isError(thrown, ...folderTroubles)) throw thrown
    for (const task of tasks) await aloneInTrouble(shared, task, () => finish(shared, [task]))
  }
}

async function finish(shared: Shared, tasks: readonly FolderTask[]): Promise<void> {
  await stampWritten(shared, tasks)
  await readBack(shared, tasks)
}

/** Marks what was written in whatever folder, in as few requests as the target allows. */
export async function stampAll(shared: Shared, tasks: readonly FolderTask[], left = false): Promise<void> {
  if (shared.target.traits.keysOfMailbox) return stampWritten(shared, tasks, { left })
  for (const task of tasks) await stampWritten(shared, [task], { left })
}
