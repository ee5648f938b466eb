import type { FolderTask, Shared } from './folderTask.ts'

/** Folders begun at once; the gate decides how many of them talk to a server. */
const width = 20

/**
 * Works on folders side by side, but on those that go to the same target folder one after the other: each has one writer.
 * The first trouble lets the batches in hand finish and begins no more; it is thrown when all have ended.
 */
export async function forEachAtOnce(
  tasks: readonly FolderTask[],
  shared: Shared,
  work: (task: FolderTask) => Promise<void>,
): Promise<void> {
  const lanes = new Map<string, FolderTask[]>()
  for (const task of tasks) lanes.set(task.to.id, [...(lanes.get(task.to.id) ?? []), task])
  const waiting = [...lanes.values()]
  let trouble: unknown
  const worker = async (): Promise<void> => {
    for (let lane = waiting.shift(); lane; lane = waiting.shift()) {
      for (const task of lane) {
        if (trouble !== undefined || shared.stopping.aborted) return
        try {
          await work(task)
        } catch (thrown) {
          trouble ??= thrown
          shared.halt()
        }
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(width, waiting.length) }, worker))
  if (trouble !== undefined) throw trouble
}
