import { joinPath } from '../domain/folderPath.ts'
import type { ItemInfo } from '../domain/mail.ts'
import { itemKeys } from '../ledger/items.ts'
import { adoptItems, unclaimed } from './adoptItems.ts'
import type { Confirmed } from './copyAs.ts'
import { copyNew } from './copyNew.ts'
import type { FolderTask, Shared } from './folderTask.ts'
import { resolveIntents } from './resolveIntents.ts'
import { withRetry } from './retry.ts'
import { retryLeftovers } from './retryLeftovers.ts'

/**
 * Copies a folder that has no checkpoint yet: everything in it that the ledger doesn't know. Interrupted anywhere, it begins again and
 * finds in the ledger what is done; the checkpoint is recorded when all of the folder has its rows.
 */
export async function copyFolder(shared: Shared, task: FolderTask): Promise<void> {
  const { run, source, tally, signal } = shared
  const folder = task.row.id
  await withRetry(signal, async progressed => {
    await resolveIntents(shared, task)
    const confirmed: Confirmed = new Set()
    const known = new Set(await itemKeys(run.ledger.db, folder))
    const there = run.pair.adopt ? await unclaimed(shared, task) : undefined
    await retryLeftovers(shared, task, confirmed)
    for await (const { items: part, checkpoint } of inParts(shared, task)) {
      tally.at(joinPath(task.from.path))
      const fresh = part.filter(item => !known.has(item.key))
      // A server whose pages overlap tells an item twice.
      for (const { key } of fresh) known.add(key)
      await copyNew(shared, task, there ? await adoptItems(shared, task, fresh, there) : fresh, confirmed)
      if (confirmed.size > 0) await resolveIntents(shared, task, confirmed)
      progressed()
      if (shared.stopping.aborted) return
      if (checkpoint !== undefined) await run.writer.commit([{ kind: 'checkpoint', folder, checkpoint, version: task.from.version }])
    }
  })

  /** The scan's parts, the last one with the checkpoint; newest first where the job asks for it, which needs the whole listing beforehand. */
  async function* inParts(
    { run: { job } }: Shared,
    { from }: FolderTask,
  ): AsyncGenerator<{ items: readonly ItemInfo[]; checkpoint?: string }> {
    const held: ItemInfo[] = []
    let checkpoint: string | undefined
    const scan = source.scan(from, { signal })
    try {
      for (let part = await scan.next(); ; part = await scan.next()) {
        if (part.done) {
          checkpoint = part.value
          break
        }
        if (job.settings.newestFirst) held.push(...part.value.items)
        else yield { items: part.value.items }
      }
    } finally {
      if (checkpoint === undefined) await scan.return('')
    }
    yield { items: held.sort((a, b) => b.received - a.received), checkpoint }
  }
}
