import type { ItemKey } from '../domain/mail.ts'
import { items } from '../ledger/items.ts'
import type { ItemRow } from '../ledger/rows.ts'
import type { Confirmed } from './copyItems.ts'
import { copyNew } from './copyNew.ts'
import type { FolderTask, Shared } from './folderTask.ts'
import { itemFilter } from './rules/filterItem.ts'

/** Rows looked at a time. */
const page = 1000

/**
 * Tries again what failed or was filtered out in an earlier run: the filters may be others now, the target's limits too.
 * `current` has the items whose flags changed since; items that a filter still leaves out for the same reason cost nothing.
 */
export async function retryLeftovers(
  shared: Shared,
  task: FolderTask,
  confirmed: Confirmed,
  current: ReadonlyMap<ItemKey, readonly string[]> = new Map(),
): Promise<void> {
  const { run, tally } = shared
  const filter = itemFilter(run.job.settings.filters)
  const refresh = (row: ItemRow): ItemRow => ({ ...row, flags: current.get(row.key) ?? row.flags })
  for await (const rows of items(run.ledger.db, task.row.id, { states: ['failed', 'filtered'], limit: page })) {
    const again = rows.map(refresh).filter(row => row.state === 'failed' || filter(row) !== row.reason)
    const failed = again.filter(row => row.state === 'failed').length
    tally.add({ failed: -failed, filtered: failed - again.length })
    await copyNew(shared, task, again, confirmed)
    if (shared.stopping.aborted) return
  }
}
