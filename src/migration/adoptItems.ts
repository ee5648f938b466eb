import type { Fingerprint } from '../domain/fingerprint.ts'
import type { ItemInfo, ItemKey } from '../domain/mail.ts'
import { targetKeysFrom } from '../ledger/targetKeys.ts'
import type { FoundItem } from '../servers/mailServer.ts'
import type { FolderTask, Shared } from './folderTask.ts'
import { composesAnew, fingerprints } from './rematch.ts'
import { matchByFingerprint, matchByMarker } from './rules/matchKinds.ts'

/** Items of the target folder that nobody's row holds, by which `adopt` takes them for copies. */
interface Unclaimed {
  items: readonly FoundItem[]
  /** Read when they are needed first. */
  prints?: ReadonlyMap<ItemKey, Fingerprint>
}

/** What lies in the target folder and isn't ours; read once for a folder. */
export async function unclaimed({ run, target, signal }: Shared, { row, to }: FolderTask): Promise<Unclaimed> {
  const ours = await targetKeysFrom(run.ledger.db, row.id, undefined)
  const items: FoundItem[] = []
  for await (const part of target.find(to, undefined, signal)) for (const item of part) if (!ours.has(item.key)) items.push(item)
  return { items }
}

/**
 * Matches new items one to one with what lies in the target already, by our marker where there is one, else by headers and date; answers those that
 * still are to be copied.
 */
export async function adoptItems(shared: Shared, task: FolderTask, fresh: readonly ItemInfo[], there: Unclaimed): Promise<ItemInfo[]> {
  const { run, tally, markerOf } = shared
  if (there.items.length === 0 || fresh.length === 0) return [...fresh]
  const marked = markerOf
    ? matchByMarker(
        fresh.map(item => ({ ...item, marker: markerOf(task.from, item.key) })),
        there.items,
      )
    : { pairs: [], missing: fresh, extra: there.items }
  const alike = await byHeaders(shared, task, marked.missing, { ...there, items: marked.extra }, prints => {
    there.prints = prints
  })
  const pairs = [...marked.pairs, ...alike]
  if (pairs.length === 0) return [...fresh]
  const adopted = new Map(pairs.map(({ wanted, found }) => [wanted.key, found.key]))
  const items = fresh.flatMap(item => {
    const targetKey = adopted.get(item.key)
    return targetKey === undefined ? [] : [{ ...item, targetKey }]
  })
  await run.writer.commit([{ kind: 'adopt', folder: task.row.id, items }])
  tally.add({ adopted: items.length })
  const taken = new Set(adopted.values())
  there.items = there.items.filter(item => !taken.has(item.key))
  return fresh.filter(item => !adopted.has(item.key))
}

async function byHeaders(
  shared: Shared,
  { from, to }: FolderTask,
  fresh: readonly ItemInfo[],
  { items, prints }: Unclaimed,
  learned: (prints: ReadonlyMap<ItemKey, Fingerprint>) => void,
) {
  const { source, target, signal } = shared
  if (items.length === 0 || fresh.length === 0) return []
  const keysOf = (some: readonly ItemInfo[]) => some.map(item => item.key)
  const [ours, theirs] = await Promise.all([
    fingerprints(source, from, keysOf(fresh), signal),
    prints ?? fingerprints(target, to, keysOf(items), signal),
  ])
  learned(theirs)
  const { pairs } = matchByFingerprint(
    fresh.map(item => ({ ...item, fingerprint: ours.get(item.key) })),
    items.map(item => ({ ...item, fingerprint: theirs.get(item.key) })),
    composesAnew(shared),
  )
  return pairs
}
