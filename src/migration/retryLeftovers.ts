import type { ItemInfo, ItemKey } from '../domain/mail.ts'
import { items } from '../ledger/items.ts'
import type { ItemRow } from '../ledger/rows.ts'
import type { Confirmed } from './copyAs.ts'
import { copyNew } from './copyNew.ts'
import { knownNotCarried } from './failedItems.ts'
import type { FolderTask, Shared } from './folderTask.ts'
import { itemFilter } from './rules/filterItem.ts'

/** Rows looked at a time. */
const page = 1000

/**
 * Tries again what failed or was filtered out in an earlier run: the filters may be others now, the target's limits too.
 * `current` says what changed of items since. Items that a filter still leaves out for the same reason cost nothing, nor do those that no way of
 * transfer carries, as long as the ways are the same.
 */
export async function retryLeftovers(
  shared: Shared,
  task: FolderTask,
  confirmed: Confirmed,
  current: ReadonlyMap<ItemKey, Partial<ItemInfo>> = new Map(),
): Promise<void> {
  const { run, tally, formats } = shared
  const filter = itemFilter(run.job.settings.filters)
  const refresh = (row: ItemRow): ItemRow => ({ ...row, ...current.get(row.key) })
  for await (const rows of items(run.ledger.db, task.row.id, { states: ['failed', 'filtered'], limit: page })) {
    const again = rows
      .filter(row => !knownNotCarried(row, formats) || current.get(row.key)?.version !== undefined)
      .map(refresh)
      .filter(row => row.state === 'failed' || filter(row) !== row.reason)
    tally.retried(again)
    await copyNew(shared, task, again, confirmed)
    if (shared.stopping.aborted) return
  }
}
