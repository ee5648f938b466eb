import { itemsByKeys } from '../ledger/items.ts'
import type { Folder } from '../servers/mailServer.ts'
import { byFolder } from './byFolder.ts'
import type { Shared } from './folderTask.ts'
import { lookAtTarget } from './lookAtTarget.ts'
import { carriedFlags } from './rules/flags.ts'
import type { Changed, DeltaPlan } from './rules/planDelta.ts'
import type { Appeared } from './rules/recogniseMoves.ts'

type Returned = Appeared & Required<Pick<Appeared, 'before'>>

/**
 * Items that were gone from a folder and are back in it under the same key (Graph's ids survive moves, so somebody who restores what he deleted brings it back),
 * and that are no moves. One whose copy stayed on the target takes that up again, and what changed of it meanwhile is carried over; any other is copied anew.
 */
export async function settleReturned(shared: Shared, places: ReadonlyMap<number, Folder>, plan: DeltaPlan): Promise<DeltaPlan> {
  const { run } = shared
  const returned = plan.copies.filter((copy): copy is Returned => copy.before !== undefined)
  if (returned.length === 0) return plan
  const orphans = returned.map(({ before }) => before).filter(({ state, targetKey }) => state === 'orphaned' && targetKey !== undefined)
  const now = await lookAtTarget(shared, places, orphans)
  const kept = new Set<Appeared>(returned.filter(({ before }) => now(before) !== undefined))
  const contents: Changed[] = []
  for (const [folder, some] of byFolder(returned)) {
    const keysOf = (isKept: boolean) => some.filter(one => kept.has(one) === isKept).map(({ item }) => item.key)
    await run.writer.commit([
      { kind: 'returned', folder, keys: keysOf(true) },
      { kind: 'forget', folder, keys: keysOf(false) },
    ])
    const items = new Map(some.map(({ item }) => [item.key, item]))
    for (const row of await itemsByKeys(run.ledger.db, folder, keysOf(true))) {
      const item = items.get(row.key)
      if (item && item.version !== row.version) contents.push({ row, item: { ...item, flags: carried(shared, item.flags) } })
    }
  }
  const carriesChanges = run.job.settings.policy !== 'new'
  return {
    ...plan,
    copies: plan.copies.filter(copy => !kept.has(copy)),
    anew: plan.anew.filter(({ to }) => !kept.has(to)),
    contents: carriesChanges ? [...plan.contents, ...contents] : plan.contents,
  }
}

const carried = ({ run }: Shared, flags: readonly string[]): readonly string[] =>
  carriedFlags(flags, run.job.settings.filters.includeDeleted ?? false)
