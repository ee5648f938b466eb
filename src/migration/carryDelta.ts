import { MailferryError } from '../domain/errors.ts'
import type { ItemInfo, ItemKey } from '../domain/mail.ts'
import { countsOf } from '../ledger/counts.ts'
import type { Change, ItemRow } from '../ledger/rows.ts'
import type { Folder } from '../servers/mailServer.ts'
import { aloneInTrouble } from './aloneInTrouble.ts'
import { applyContents, noteKept } from './applyContents.ts'
import { applyMoves } from './applyMoves.ts'
import { byFolder } from './byFolder.ts'
import { copyNew } from './copyNew.ts'
import type { FolderTask, Shared } from './folderTask.ts'
import { forEachAtOnce } from './forEachAtOnce.ts'
import { type Gathered, gatherDelta } from './gatherDelta.ts'
import { lookAtTarget } from './lookAtTarget.ts'
import type { PairPlan } from './planPair.ts'
import { resolveIntents } from './resolveIntents.ts'
import { retireOldVersions } from './retireOldVersions.ts'
import { retryLeftovers } from './retryLeftovers.ts'
import { sameFlags } from './rules/flags.ts'
import { type FlagChange, planDelta } from './rules/planDelta.ts'
import { respectTarget, rowsToLookAt } from './rules/respectTarget.ts'
import { sameContent } from './sameContent.ts'
import { settleReturned } from './settleReturned.ts'

/**
 * Carries over what changed since the last run in the folders that have a checkpoint: everything is gathered before anything is applied,
 * moves are recognised first, and the target's people are respected. Interrupted anywhere it begins again, since checkpoints come last.
 *
 * @throws `pair.deletionsHeld`, after all else is done, where the source deleted more than is carried over unasked.
 */
export async function carryDelta(shared: Shared, { tasks, gone }: PairPlan): Promise<MailferryError | undefined> {
  const { run } = shared
  const { settings } = run.job
  const counts = await countsOf(run.ledger.db, run.pair.id)
  const known = tasks.filter(task => task.row.checkpoint !== undefined)
  const changed = known.filter(task => task.row.version === undefined || task.row.version !== task.from.version)
  const open = new Set(
    counts.filter(count => count.state === 'intended' || count.state === 'failed' || count.state === 'filtered').map(count => count.folder),
  )
  await forEachAtOnce(
    known.filter(task => open.has(task.row.id)),
    shared,
    task => resolveIntents(shared, task),
  )

  const gathered = await gatherDelta(
    shared,
    changed,
    tasks.filter(task => task.row.checkpoint === undefined),
    gone,
  )
  const places = new Map<number, Folder>([...tasks, ...gone].flatMap(({ row, to }) => (to ? [[row.id, to] as const] : [])))
  const planned = planDelta({
    policy: settings.policy,
    cutOver: settings.cutOver,
    includeDeleted: settings.filters.includeDeleted ?? false,
    ...gathered,
    sourceItems: tasks.reduce((sum, task) => sum + task.from.count, 0),
    written: counts.reduce((sum, count) => sum + (count.state === 'done' ? count.items : 0), 0),
    ...(run.deletionsAllowed !== undefined && { deletionsAllowed: run.deletionsAllowed }),
    canMove: (from, to) => places.get(from)?.movesAmong === places.get(to)?.movesAmong,
  })
  const plan = await settleReturned(shared, places, planned)
  const now = await lookAtTarget(shared, places, rowsToLookAt(plan))
  const settled = respectTarget(plan, {
    now,
    sameTarget: (from, to) => places.get(from)?.id === places.get(to)?.id,
  })

  await applyMoves(shared, places, settled.moves, settled.follows)
  const otherwise = await applyContents(shared, tasks, settled.contents)
  await noteAgreed(shared, tasks, now, [...settled.agreed, ...otherwise.flags.filter(isNoChange)])
  await setFlags(shared, places, [...settled.setFlags, ...otherwise.flags.filter(change => !isNoChange(change))])
  await noteKept(shared, settled.kept, plan.contents)
  const copies = byFolder([...settled.copies, ...otherwise.copies])
  const current = currentItems(gathered)
  // Their checkpoints stay, so that the next delta finds there what this one could not carry over.
  const troubled = new Set<FolderTask>()
  await forEachAtOnce(
    known.filter(task => changed.includes(task) || open.has(task.row.id)),
    shared,
    async task => {
      const finished = await aloneInTrouble(shared, task, async () => {
        const confirmed = new Set<ItemKey>()
        await retryLeftovers(shared, task, confirmed, current.get(task.row.id))
        await copyNew(
          shared,
          task,
          (copies.get(task.row.id) ?? []).map(one => one.item),
          confirmed,
        )
        if (confirmed.size > 0) await resolveIntents(shared, task, confirmed)
        await retireOldVersions(shared, task)
        return true
      })
      if (!finished) troubled.add(task)
    },
  )
  await applyDeletions(shared, places, settled.deletions)
  if (shared.stopping.aborted) return undefined
  await run.writer.commit([
    ...gonePart(settled.orphaned, 'orphaned'),
    ...[...byFolder(plan.forgotten)].map(([folder, rows]): Change => ({ kind: 'forget', folder, keys: rows.map(row => row.key) })),
    ...[...gathered.checkpoints]
      .filter(([task]) => !troubled.has(task) && !plan.held?.folders.has(task.row.id))
      .map(([task, checkpoint]): Change => ({ kind: 'checkpoint', folder: task.row.id, checkpoint, version: task.from.version })),
  ])
  return plan.held && new MailferryError('pair.deletionsHeld', { deletions: plan.held.deletions, items: plan.held.items })
}

const isNoChange = ({ row, flags }: FlagChange): boolean => sameFlags(row.flags, flags)

/** What changed of items that were not migrated so far, by folder and key. */
function currentItems({ reflagged, changed }: Gathered): Map<number, Map<ItemKey, Partial<ItemInfo>>> {
  const current = new Map<number, Map<ItemKey, Partial<ItemInfo>>>()
  const add = ({ folder, key }: ItemRow, now: Partial<ItemInfo>) => {
    current.set(folder, (current.get(folder) ?? new Map<ItemKey, Partial<ItemInfo>>()).set(key, now))
  }
  for (const { row, ...now } of reflagged) add(row, now)
  for (const { row, item } of changed) add(row, item)
  return current
}

const inFolders = (changes: readonly FlagChange[]) => byFolder(changes.map(change => ({ ...change, folder: change.row.folder })))

/**
 * The target has these flags already: a person set them, or a run that ended before it could record that it had. Where nothing else is different from the source,
 * the item is taken for ours as it is, whatever its version: nobody's work is in it.
 */
async function noteAgreed(
  shared: Shared,
  tasks: readonly FolderTask[],
  now: (row: ItemRow) => ItemInfo | undefined,
  agreed: readonly FlagChange[],
): Promise<void> {
  const byId = new Map(tasks.map(task => [task.row.id, task]))
  for (const [folder, changes] of inFolders(agreed)) {
    const task = byId.get(folder)
    const others = changes.map(({ row }) => row).filter(row => row.targetVersion !== undefined && now(row)?.version !== row.targetVersion)
    const same = task ? await sameContent(shared, task, others) : new Set<ItemRow>()
    const items = changes.map(change => {
      const targetVersion = same.has(change.row) ? now(change.row)?.version : undefined
      return { ...asCarried(change), ...(targetVersion !== undefined && { targetVersion }) }
    })
    await shared.run.writer.commit([{ kind: 'flags', folder, items }])
  }
}

/** The target first, then the ledger: a run that ends between finds the flags agreed. */
async function setFlags(
  { run, target, signal }: Shared,
  places: ReadonlyMap<number, Folder>,
  setFlags: readonly FlagChange[],
): Promise<void> {
  for (const [folder, changes] of inFolders(setFlags)) {
    const to = places.get(folder)
    if (!to) continue
    const wanted = changes.flatMap(({ row, flags }) => (row.targetKey === undefined ? [] : [{ key: row.targetKey, flags }]))
    const set = await target.setFlags(to, wanted, { signal, deadline: () => run.writer.deadline() })
    const items = changes.flatMap(change => {
      const placed = change.row.targetKey === undefined ? undefined : set.get(change.row.targetKey)
      if (!placed) return []
      const { flags: targetFlags, version: targetVersion } = placed
      return [{ ...asCarried(change), ...(targetFlags && { targetFlags }), ...(targetVersion !== undefined && { targetVersion }) }]
    })
    if (items.length > 0) await run.writer.commit([{ kind: 'flags', folder, items }])
  }
}

const asCarried = ({ row: { key }, flags, version }: FlagChange) => ({ key, flags, ...(version !== undefined && { version }) })

async function applyDeletions(shared: Shared, places: ReadonlyMap<number, Folder>, rows: readonly ItemRow[]): Promise<void> {
  const { run, target, signal } = shared
  for (const [folder, some] of byFolder(rows)) {
    const to = places.get(folder)
    if (!to || shared.stopping.aborted) continue
    await target.remove(
      to,
      some.flatMap(row => row.targetKey ?? []),
      { signal, deadline: () => run.writer.deadline() },
    )
    await run.writer.commit(gonePart(some, 'removed'))
  }
}

const gonePart = (rows: readonly ItemRow[], state: 'orphaned' | 'removed'): Change[] =>
  [...byFolder(rows)].map(([folder, some]) => ({ kind: 'gone', folder, keys: some.map(row => row.key), state }))
