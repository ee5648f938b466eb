import type { ItemInfo } from '../domain/mail.ts'
import type { Change, FilterReason } from '../ledger/rows.ts'
import type { Confirmed } from './copyAs.ts'
import { copyItems } from './copyItems.ts'
import type { FolderTask, Shared } from './folderTask.ts'
import { itemFilter } from './rules/filterItem.ts'

/** Copies what passes the filters; what doesn't gets its row saying why. */
export async function copyNew(shared: Shared, task: FolderTask, fresh: readonly ItemInfo[], confirmed: Confirmed): Promise<void> {
  const { run, target, tally } = shared
  const wanted: ItemInfo[] = []
  const filtered: (ItemInfo & { reason: FilterReason })[] = []
  const changes: Change[] = []
  const filter = itemFilter(run.job.settings.filters)
  for (const item of fresh) {
    const reason = filter(item)
    if (reason) filtered.push({ ...item, reason })
    else wanted.push(item)
  }
  const limit = target.traits.maxItemSize ?? Number.POSITIVE_INFINITY
  const tooLarge = wanted.filter(item => item.size > limit)
  if (filtered.length > 0) changes.push({ kind: 'filter', folder: task.row.id, items: filtered })
  if (tooLarge.length > 0)
    changes.push({
      kind: 'fail',
      folder: task.row.id,
      items: tooLarge.map(item => ({ ...item, error: { code: 'item.tooLarge', params: { size: item.size, limit } } })),
    })
  if (changes.length > 0) await run.writer.commit(changes)
  tally.add({ filtered: filtered.length, failed: tooLarge.length })
  await copyItems(shared, task, tooLarge.length > 0 ? wanted.filter(item => item.size <= limit) : wanted, confirmed)
}
