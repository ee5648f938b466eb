import type { ItemInfo, ItemKey } from '../domain/mail.ts'
import { items } from '../ledger/items.ts'
import type { Change, ItemRow } from '../ledger/rows.ts'
import { byFolder } from './byFolder.ts'
import { differingSample } from './content/differingSample.ts'
import type { FolderTask, Shared } from './folderTask.ts'
import { isAsWritten } from './isAsWritten.ts'
import { sameFlags } from './rules/flags.ts'

type Written = ItemRow & { readonly targetKey: ItemKey }

/** Rows looked at, and items asked for, at a time. */
const page = 5000
const enough = 2000

/**
 * Reads back once every item we wrote that was not read back yet, and compares size and received date with what the source said,
 * and the content of a few.
 * What differs or is missing stays unverified; the caller counts it as a difference. So does the second of two items that the target
 * took for one: Gmail knows a message by its Message-ID and answers with the key of the one it has.
 * Several tasks at once only where the target can be asked of several folders' items together.
 */
export async function readBack(shared: Shared, tasks: readonly FolderTask[]): Promise<void> {
  const { run, target, signal } = shared
  const byRow = new Map(tasks.map(task => [task.row.id, task]))
  const pending: Written[] = []
  for (const { row } of tasks) {
    const taken = new Set<ItemKey>()
    for await (const rows of items(run.ledger.db, row.id, { states: ['done'], limit: page })) {
      for (const one of rows) {
        if (!hasTarget(one) || taken.has(one.targetKey)) continue
        taken.add(one.targetKey)
        if (!one.verified) pending.push(one)
      }
      if (pending.length >= enough) await compare(pending.splice(0))
      if (shared.stopping.aborted) return
    }
  }
  await compare(pending)

  async function compare(rows: readonly Written[]): Promise<void> {
    const to = byRow.get(rows[0]?.folder ?? 0)?.to
    if (!to) return
    const found = await target.infos(
      to,
      rows.map(row => row.targetKey),
      signal,
    )
    const listed = rows.filter(row => isAsWritten(row, found.get(row.targetKey), target.traits.exactSizes))
    const differing = await differingSample(shared, folder => byRow.get(folder), listed)
    const asWritten = listed.filter(row => !differing.has(row))
    const changes: Change[] = [...byFolder(asWritten)].map(([folder, some]) => ({
      kind: 'verified',
      folder,
      keys: some.map(row => row.key),
    }))
    for (const [folder, some] of byFolder(asWritten.filter(row => hasOtherFlags(row, found.get(row.targetKey))))) {
      const task = byRow.get(folder)
      if (task) changes.push(await alignFlags(shared, task, some, found))
    }
    if (changes.length > 0) await run.writer.commit(changes)
  }
}

const hasTarget = (row: ItemRow): row is Written => row.targetKey !== undefined

/**
 * Exchange's stream brings the flags along that the source item had when it was read; the item is to have those that were listed and recorded. Only what nobody
 * changed since we wrote it.
 */
const hasOtherFlags = (row: Written, found: ItemInfo | undefined): boolean =>
  found?.version !== undefined && found.version === row.targetVersion && !sameFlags(found.flags, row.targetFlags ?? row.flags)

async function alignFlags(
  { run, target, signal }: Shared,
  { row: { id: folder }, to }: FolderTask,
  rows: readonly Written[],
  found: ReadonlyMap<ItemKey, ItemInfo>,
): Promise<Change> {
  const wanted = rows.map(({ targetKey, flags }) => ({ key: targetKey, flags, expected: found.get(targetKey)?.flags ?? [] }))
  const set = await target.setFlags(to, wanted, { signal, deadline: () => run.writer.deadline() })
  const items = rows.flatMap(({ key, targetKey, flags }) => {
    const placed = set.get(targetKey)
    if (!placed) return []
    const { flags: targetFlags, version: targetVersion } = placed
    return [{ key, flags, ...(targetFlags && { targetFlags }), ...(targetVersion !== undefined && { targetVersion }) }]
  })
  return { kind: 'flags', folder, items }
}
