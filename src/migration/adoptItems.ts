import type { ItemInfo, ItemKey } from '../domain/mail.ts'
import { targetKeysFrom } from '../ledger/targetKeys.ts'
import type { FolderTask, Shared } from './folderTask.ts'
import { fingerprints } from './rematch.ts'
import { matchByFingerprint } from './rules/matchKinds.ts'

/** Items of the target folder that nobody's row holds, by which `adopt` takes them for copies. */
interface Unclaimed {
  readonly items: ItemInfo[]
  readonly prints: ReadonlyMap<ItemKey, string>
}

/** What lies in the target folder and isn't ours; read once for a folder. */
export async function unclaimed({ run, target, signal }: Shared, { row, to }: FolderTask): Promise<Unclaimed> {
  const ours = await targetKeysFrom(run.ledger.db, row.id, undefined)
  const items: ItemInfo[] = []
  for await (const part of target.find(to, undefined, signal)) for (const item of part) if (!ours.has(item.key)) items.push(item)
  return {
    items,
    prints: await fingerprints(
      target,
      to,
      items.map(item => item.key),
      signal,
    ),
  }
}

/** Matches new items one to one with what lies in the target already, by headers and date; answers those that still are to be copied. */
export async function adoptItems(
  { run, source, tally, signal }: Shared,
  { row, from }: FolderTask,
  fresh: readonly ItemInfo[],
  there: Unclaimed,
): Promise<ItemInfo[]> {
  if (there.items.length === 0 || fresh.length === 0) return [...fresh]
  const prints = await fingerprints(
    source,
    from,
    fresh.map(item => item.key),
    signal,
  )
  const { pairs } = matchByFingerprint(
    fresh.map(item => ({ ...item, fingerprint: prints.get(item.key) })),
    there.items.map(item => ({ ...item, fingerprint: there.prints.get(item.key) })),
  )
  if (pairs.length === 0) return [...fresh]
  const adopted = new Map(pairs.map(({ wanted, found }) => [wanted.key, found.key]))
  const items = fresh.flatMap(item => {
    const targetKey = adopted.get(item.key)
    return targetKey === undefined ? [] : [{ ...item, targetKey }]
  })
  await run.writer.commit([{ kind: 'adopt', folder: row.id, items }])
  tally.add({ adopted: items.length })
  const taken = new Set(adopted.values())
  there.items.splice(0, there.items.length, ...there.items.filter(item => !taken.has(item.key)))
  return fresh.filter(item => !adopted.has(item.key))
}
