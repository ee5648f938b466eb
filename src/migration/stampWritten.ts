import type { ItemKey } from '../domain/mail.ts'
import type { Change } from '../ledger/rows.ts'
import { unmarkedItems } from '../ledger/unmarkedItems.ts'
import type { FolderTask, Shared } from './folderTask.ts'

/** Items stamped at a time. */
const page = 200

/**
 * Gives items their marker that were written in a format without one. A run that ends between the writing and this leaves rows that say so, and the next run
 * does it first (`left`): then somebody may have changed an item meanwhile, whose version is therefore not taken for ours.
 */
export async function stampWritten({ run, target, markerOf, signal }: Shared, task: FolderTask, left = false): Promise<void> {
  if (!markerOf || !target.stamp) return
  const folder = task.row.id
  for (
    let rows = await unmarkedItems(run.ledger.db, folder, page);
    rows.length > 0;
    rows = await unmarkedItems(run.ledger.db, folder, page)
  ) {
    const ours = rows.flatMap(row => (row.targetKey === undefined ? [] : [{ ...row, targetKey: row.targetKey }]))
    const keys: ItemKey[] = ours.map(row => row.targetKey)
    const before = left ? await target.infos(task.to, keys, signal) : undefined
    const placed = await target.stamp(
      task.to,
      ours.map(row => ({ key: row.targetKey, marker: markerOf(task.from, row.key) })),
      { signal, deadline: () => run.writer.deadline() },
    )
    const items = rows.map(({ key, targetKey, targetVersion }) => {
      const version = targetKey === undefined ? undefined : placed.get(targetKey)?.version
      const isOurs = before === undefined || before.get(targetKey ?? '')?.version === targetVersion
      return { key, ...(version !== undefined && isOurs && { targetVersion: version }) }
    })
    await run.writer.commit([{ kind: 'marked', folder, items } satisfies Change])
  }
}
