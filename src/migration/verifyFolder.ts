import type { ItemKey } from '../domain/mail.ts'
import { items } from '../ledger/items.ts'
import type { ItemRow } from '../ledger/rows.ts'
import type { FolderTask, Shared } from './folderTask.ts'
import { isAsWritten } from './isAsWritten.ts'

type Written = ItemRow & { readonly targetKey: ItemKey }

/** Items asked for at a time. */
const page = 5000

/**
 * Reads back once every item we wrote that was not read back yet, and compares size and received date with what the source said.
 * What differs or is missing stays unverified; the caller counts it as a difference. So does the second of two items that the target
 * took for one: Gmail knows a message by its Message-ID and answers with the key of the one it has.
 */
export async function verifyFolder(shared: Shared, task: FolderTask): Promise<void> {
  const { run, target, signal } = shared
  const exact = target.traits.exactSizes
  const taken = new Set<ItemKey>()
  for await (const rows of items(run.ledger.db, task.row.id, { states: ['done'], limit: page })) {
    const wanted = rows.filter((row): row is Written => {
      if (row.targetKey === undefined || taken.has(row.targetKey)) return false
      taken.add(row.targetKey)
      return !row.verified
    })
    if (wanted.length === 0) continue
    const found = await target.infos(
      task.to,
      wanted.map(row => row.targetKey),
      signal,
    )
    const keys = wanted.filter(row => isAsWritten(row, found.get(row.targetKey), exact)).map(row => row.key)
    if (keys.length > 0) await run.writer.commit([{ kind: 'verified', folder: task.row.id, keys }])
    if (shared.stopping.aborted) return
  }
}
