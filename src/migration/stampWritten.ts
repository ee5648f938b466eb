import type { ItemKey } from '../domain/mail.ts'
import type { Change, ItemRow } from '../ledger/rows.ts'
import { unmarkedItems } from '../ledger/unmarkedItems.ts'
import { byFolder } from './byFolder.ts'
import type { FolderTask, Shared } from './folderTask.ts'

/** Items stamped at a time. */
const page = 200

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
      return task === undefined || row.targetKey === undefined ? [] : [{ task, key: row.key, targetKey: row.targetKey }]
    })
    const [first] = ours
    const keys: ItemKey[] = ours.map(one => one.targetKey)
    const before = left && first ? await target.infos(first.task.to, keys, signal) : undefined
    const markers = ours.map(({ task, key, targetKey }) => ({ key: targetKey, marker: markerOf?.(task.from, key) ?? '' }))
    const placed = first && (await target.stamp?.(first.task.to, markers, { signal, deadline: () => run.writer.deadline() }))
    const changes = [...byFolder(rows)].map(
      ([folder, some]): Change => ({
        kind: 'marked',
        folder,
        items: some.map(({ key, targetKey, targetVersion }) => {
          const version = targetKey === undefined ? undefined : placed?.get(targetKey)?.version
          const isOurs = before === undefined || before.get(targetKey ?? '')?.version === targetVersion
          return { key, ...(version !== undefined && isOurs && { targetVersion: version }) }
        }),
      }),
    )
    if (changes.length > 0) await run.writer.commit(changes)
  }
}
