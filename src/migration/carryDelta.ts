import { MailferryError } from '../domain/errors.ts'
import type { ItemKey } from '../domain/mail.ts'
import { countsOf } from '../ledger/counts.ts'
import type { Change, ItemRow } from '../ledger/rows.ts'
import type { Folder } from '../servers/mailServer.ts'
import { aloneInTrouble } from './aloneInTrouble.ts'
import { applyMoves } from './applyMoves.ts'
import { byFolder } from './byFolder.ts'
import { copyNew } from './copyNew.ts'
import type { FolderTask, Shared } from './folderTask.ts'
import { forEachAtOnce } from './forEachAtOnce.ts'
import { gatherDelta } from './gatherDelta.ts'
import type { PairPlan } from './planPair.ts'
import { resolveIntents } from './resolveIntents.ts'
import { retryLeftovers } from './retryLeftovers.ts'
import { planDelta } from './rules/planDelta.ts'
import { respectTarget, rowsToLookAt } from './rules/respectTarget.ts'

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
  const plan = planDelta({
    policy: settings.policy,
    cutOver: settings.cutOver,
    includeDeleted: settings.filters.includeDeleted ?? false,
    ...gathered,
    sourceItems: tasks.reduce((sum, task) => sum + task.from.count, 0),
    written: counts.reduce((sum, count) => sum + (count.state === 'done' ? count.items : 0), 0),
    ...(run.deletionsAllowed !== undefined && { deletionsAllowed: run.deletionsAllowed }),
  })
  const places = new Map<number, Folder>([...tasks, ...gone].flatMap(({ row, to }) => (to ? [[row.id, to] as const] : [])))
  const settled = respectTarget(plan, {
    flagsNow: await lookAtTarget(shared, places, rowsToLookAt(plan)),
    sameTarget: (from, to) => places.get(from)?.id === places.get(to)?.id,
  })

  await applyMoves(shared, places, settled.moves, settled.follows)
  await setFlags(shared, places, settled)
  const copies = byFolder(plan.copies)
  const reflagged = byFolder(gathered.reflagged.map(({ row, flags }) => ({ folder: row.folder, key: row.key, flags })))
  // Their checkpoints stay, so that the next delta finds there what this one could not carry over.
  const troubled = new Set<FolderTask>()
  await forEachAtOnce(
    known.filter(task => changed.includes(task) || open.has(task.row.id)),
    shared,
    async task => {
      const finished = await aloneInTrouble(shared, task, async () => {
        const confirmed = new Set<ItemKey>()
        await retryLeftovers(shared, task, confirmed, new Map(reflagged.get(task.row.id)?.map(({ key, flags }) => [key, flags])))
        await copyNew(
          shared,
          task,
          (copies.get(task.row.id) ?? []).map(one => one.item),
          confirmed,
        )
        if (confirmed.size > 0) await resolveIntents(shared, task, confirmed)
        return true
      })
      if (!finished) troubled.add(task)
    },
  )
  await applyDeletions(shared, places, settled.deletions)
  if (shared.stopping.aborted) return undefined
  await run.writer.commit([
    ...gonePart([...plan.orphaned, ...settled.orphaned], 'orphaned'),
    ...[...byFolder(plan.forgotten)].map(([folder, rows]): Change => ({ kind: 'forget', folder, keys: rows.map(row => row.key) })),
    ...[...gathered.checkpoints]
      .filter(([task]) => !troubled.has(task) && !plan.held?.folders.has(task.row.id))
      .map(([task, checkpoint]): Change => ({ kind: 'checkpoint', folder: task.row.id, checkpoint, version: task.from.version })),
  ])
  return plan.held && new MailferryError('pair.deletionsHeld', { deletions: plan.held.deletions, items: plan.held.items })
}

/** What the target's items are like now, of those a change would touch. */
async function lookAtTarget(
  { target, signal }: Shared,
  places: ReadonlyMap<number, Folder>,
  rows: readonly ItemRow[],
): Promise<(row: ItemRow) => readonly string[] | undefined> {
  const flags = new Map<ItemRow, readonly string[]>()
  for (const [folder, some] of byFolder(rows)) {
    const to = places.get(folder)
    if (!to) continue
    const found = await target.infos(
      to,
      some.flatMap(row => row.targetKey ?? []),
      signal,
    )
    for (const row of some) {
      const now = row.targetKey === undefined ? undefined : found.get(row.targetKey)?.flags
      if (now) flags.set(row, now)
    }
  }
  return row => flags.get(row)
}

type FlagChanges = Pick<ReturnType<typeof respectTarget>, 'setFlags' | 'agreed'>

/** The target first, then the ledger: a run that ends between finds the flags agreed. */
async function setFlags(
  { run, target, signal }: Shared,
  places: ReadonlyMap<number, Folder>,
  { setFlags, agreed }: FlagChanges,
): Promise<void> {
  const asRows = (changes: FlagChanges['agreed']) => changes.map(({ row, flags }) => ({ ...row, flags }))
  for (const [folder, rows] of byFolder(asRows(agreed)))
    await run.writer.commit([{ kind: 'flags', folder, items: rows.map(({ key, flags }) => ({ key, flags })) }])
  for (const [folder, rows] of byFolder(asRows(setFlags))) {
    const to = places.get(folder)
    if (!to) continue
    const changes = rows.flatMap(row => (row.targetKey === undefined ? [] : [{ key: row.targetKey, flags: row.flags }]))
    const set = await target.setFlags(to, changes, { signal, deadline: () => run.writer.deadline() })
    const done = rows.filter(row => row.targetKey !== undefined && set.has(row.targetKey))
    if (done.length > 0) await run.writer.commit([{ kind: 'flags', folder, items: done.map(({ key, flags }) => ({ key, flags })) }])
  }
}

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
