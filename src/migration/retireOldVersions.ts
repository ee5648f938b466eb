import type { ItemKey } from '../domain/mail.ts'
import { itemsByKeys } from '../ledger/items.ts'
import { itemsBetween } from '../ledger/itemsBetween.ts'
import type { FolderTask, Shared } from './folderTask.ts'
import { currentKey, oldVersionKeys } from './rules/oldVersion.ts'
import { isUntouched } from './rules/respectTarget.ts'

/**
 * Removes, recoverably, our copies of earlier versions whose newer ones were copied; one that somebody touched stays and is kept as orphaned. Called when a
 * folder's new items are copied, so an old copy never goes before the new one is there.
 */
export async function retireOldVersions({ run, target, signal }: Shared, { row: { id: folder }, to }: FolderTask): Promise<void> {
  const kept = (await itemsBetween(run.ledger.db, folder, oldVersionKeys)).filter(row => row.state === 'done')
  if (kept.length === 0) return
  const newer = await itemsByKeys(
    run.ledger.db,
    folder,
    kept.map(row => currentKey(row.key)),
  )
  const waiting = new Set(newer.filter(row => row.state !== 'done').map(row => row.key))
  const old = kept.filter(row => !waiting.has(currentKey(row.key)))
  const keys: ItemKey[] = old.flatMap(row => row.targetKey ?? [])
  const now = await target.infos(to, keys, signal)
  const ours = old.filter(row => {
    const there = row.targetKey === undefined ? undefined : now.get(row.targetKey)
    return there !== undefined && isUntouched(row, there, 'deletion')
  })
  if (ours.length > 0)
    await target.remove(
      to,
      ours.flatMap(row => row.targetKey ?? []),
      { signal, deadline: () => run.writer.deadline() },
    )
  const removed = new Set(ours)
  await run.writer.commit([
    { kind: 'gone', folder, keys: ours.map(row => row.key), state: 'removed' },
    { kind: 'gone', folder, keys: old.filter(row => !removed.has(row)).map(row => row.key), state: 'orphaned' },
  ])
}
