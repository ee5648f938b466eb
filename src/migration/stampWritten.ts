import type { ItemKey } from '../domain/mail.ts'
import type { Change, ItemRow } from '../ledger/rows.ts'
import { unmarkedItems } from '../ledger/unmarkedItems.ts'
import { byFolder } from './byFolder.ts'
import type { FolderTask, Shared } from './folderTask.ts'
import { sameFlags } from './rules/flags.ts'
import { sameContent } from './sameContent.ts'

/** Items stamped at a time. */
const page = 800

export interface Stamping {
  /** An earlier run left them unmarked: somebody may have changed an item meanwhile, whose version is therefore not taken for ours. */
  readonly left?: boolean
  /** Less than a page is left for later, when other folders' items go with it. */
  readonly wholePages?: boolean
}

/**
 * Gives items their marker that were written in a format without one. A run that ends between the writing and this leaves rows that say so, and the next run
 * does it first. Several tasks at once only where the target can be asked of several folders' items together.
 */
export async function stampWritten(
  shared: Shared,
  tasks: readonly FolderTask[],
  { left = false, wholePages = false }: Stamping = {},
): Promise<void> {
  const { run, target, markerOf } = shared
  if (!markerOf || !target.stamp) return
  const byRow = new Map(tasks.map(task => [task.row.id, task]))
  const pending: ItemRow[] = []
  for (const { row } of tasks) {
    for (let more = true; more; ) {
      const room = page - pending.length
      const rows = await unmarkedItems(run.ledger.db, row.id, room)
      pending.push(...rows)
      more = rows.length === room
      if (more) await stampSome(pending.splice(0))
    }
  }
  if (!wholePages) await stampSome(pending)

  async function stampSome(rows: readonly ItemRow[]): Promise<void> {
    const { signal } = shared
    const ours = rows.flatMap(row => {
      const task = byRow.get(row.folder)
      return task === undefined || row.targetKey === undefined ? [] : [{ task, row, targetKey: row.targetKey }]
    })
    const [first] = ours
    const touched = left ? await touchedMeanwhile(shared, ours) : new Set<ItemRow>()
    const markers = ours.map(({ task, row, targetKey }) => ({ key: targetKey, marker: markerOf?.(task.from, row.key) ?? '' }))
    const placed = first && (await target.stamp?.(first.task.to, markers, { signal, deadline: () => run.writer.deadline() }))
    const changes = [...byFolder(rows)].map(
      ([folder, some]): Change => ({
        kind: 'marked',
        folder,
        items: some.map(row => {
          const version = row.targetKey === undefined ? undefined : placed?.get(row.targetKey)?.version
          return { key: row.key, ...(version !== undefined && !touched.has(row) && { targetVersion: version }) }
        }),
      }),
    )
    if (changes.length > 0) await run.writer.commit(changes)
  }
}

interface Located {
  readonly task: FolderTask
  readonly row: ItemRow
  readonly targetKey: ItemKey
}

/**
 * What somebody may have changed since it was written: its version is another one than was recorded. A run that ended right after the marking left that too, so
 * what still says the same as its source item, under the same flags, is taken for ours: nobody's work is in it.
 */
async function touchedMeanwhile(shared: Shared, ours: readonly Located[]): Promise<Set<ItemRow>> {
  const [first] = ours
  if (!first) return new Set()
  const keys = ours.map(({ targetKey }) => targetKey)
  const now = await shared.target.infos(first.task.to, keys, shared.signal)
  const touched = new Set(ours.filter(({ row, targetKey }) => now.get(targetKey)?.version !== row.targetVersion).map(({ row }) => row))
  for (const [task, some] of Map.groupBy(ours, one => one.task)) {
    const others = some.map(({ row }) => row).filter(row => touched.has(row))
    for (const row of await sameContent(shared, task, others))
      if (sameFlags(now.get(row.targetKey ?? '')?.flags ?? [], row.targetFlags ?? row.flags)) touched.delete(row)
  }
  return touched
}
