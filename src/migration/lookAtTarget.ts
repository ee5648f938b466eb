import type { ItemInfo } from '../domain/mail.ts'
import type { ItemRow } from '../ledger/rows.ts'
import type { Folder } from '../servers/mailServer.ts'
import { byFolder } from './byFolder.ts'
import type { Shared } from './folderTask.ts'

/** What the target's items are like now, of those a change would touch. */
export async function lookAtTarget(
  { target, signal }: Shared,
  places: ReadonlyMap<number, Folder>,
  rows: readonly ItemRow[],
): Promise<(row: ItemRow) => ItemInfo | undefined> {
  const there = new Map<ItemRow, ItemInfo>()
  for (const [folder, some] of byFolder(rows)) {
    const to = places.get(folder)
    if (!to) continue
    const found = await target.infos(
      to,
      some.flatMap(row => row.targetKey ?? []),
      signal,
    )
    for (const row of some) {
      const now = row.targetKey === undefined ? undefined : found.get(row.targetKey)
      if (now) there.set(row, now)
    }
  }
  return row => there.get(row)
}
