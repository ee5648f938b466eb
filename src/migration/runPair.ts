import { asMailferryError } from '../domain/asMailferryError.ts'
import { MailferryError } from '../domain/errors.ts'
import { countsOf, totalCounts } from '../ledger/counts.ts'
import { foldersOf } from '../ledger/folders.ts'
import { countNotCarried } from '../ledger/notCarried.ts'
import { aloneInTrouble } from './aloneInTrouble.ts'
import { carryDelta } from './carryDelta.ts'
import type { PairOutcome, PairRun } from './context.ts'
import { copyFolder } from './copyFolder.ts'
import { createFinisher, finishAll, stampAll } from './finishWritten.ts'
import type { FolderTask, Shared } from './folderTask.ts'
import { forEachAtOnce } from './forEachAtOnce.ts'
import { markerFor } from './marker.ts'
import { type OpenPair, openPair } from './openPair.ts'
import { planPair } from './planPair.ts'
import { rematch } from './rematch.ts'
import { withRetry } from './retry.ts'
import { createTally } from './tally.ts'

/**
 * Runs one pair: plan, carry over what changed, copy what is new, read back. The first run and every delta are the same run;
 * the ledger says what is left to do. Never throws: what went wrong is in the outcome.
 */
export async function runPair(run: PairRun): Promise<PairOutcome> {
  const signal = AbortSignal.any([run.abort, run.writer.lost])
  try {
    return await withRetry(signal, () => attempt(run, signal), run.stop)
  } catch (thrown) {
    if (run.writer.lost.aborted) return { result: 'failed', error: asMailferryError(run.writer.lost.reason) }
    if (run.abort.aborted) return { result: 'stopped' }
    const error = asMailferryError(thrown)
    return run.stop.aborted && error.remedy === 'transient' ? { result: 'stopped' } : { result: 'failed', error }
  }
}

async function attempt(run: PairRun, signal: AbortSignal): Promise<PairOutcome> {
  await using open = await openPair(run, signal)
  try {
    return await migrate(run, open, signal)
  } catch (thrown) {
    if (signal.aborted || !(thrown instanceof MailferryError)) throw thrown
    throw await explained(thrown, open)
  }
}

/** A mailbox that left in mid-run is asked where it went. */
async function explained(error: MailferryError, { source, target }: OpenPair): Promise<MailferryError> {
  const first = (await source.explain?.(error)) ?? error
  return first === error ? ((await target.explain?.(error)) ?? error) : first
}

async function migrate(run: PairRun, open: OpenPair, signal: AbortSignal): Promise<PairOutcome> {
  const halted = new AbortController()
  const { items: _items, bytes: _bytes, ...counted } = totalCounts(await countsOf(run.ledger.db, run.pair.id))
  const tally = createTally(
    { items: 0, bytes: 0, ...counted },
    progress => {
      run.writer.progress(progress.phase, progress.counts, progress.folder)
      run.progress(progress)
    },
    await countNotCarried(run.ledger.db, run.pair.id),
  )
  const shared: Shared = {
    run,
    ...open,
    markerOf: await markerFor(run, open.source, open.target),
    tally,
    signal,
    stopping: AbortSignal.any([run.stop, halted.signal]),
    halt: () => halted.abort(),
    withheld: new Map(),
  }

  tally.enter('plan')
  const { tasks: planned, gone } = await planPair(shared)
  const tasks: FolderTask[] = []
  for (const task of planned) tasks.push(await rematch(shared, task))
  await stampAll(shared, tasks, true)
  tally.add({ items: tasks.reduce((sum, task) => sum + task.from.count, 0) })

  tally.enter('copy')
  const held = await carryDelta(shared, { tasks, gone })
  const finish = createFinisher(shared)
  await forEachAtOnce(inOrder(tasks.filter(task => task.row.checkpoint === undefined)), shared, task =>
    aloneInTrouble(shared, task, async () => {
      await copyFolder(shared, task)
      await finish(task)
    }),
  )
  if (run.stop.aborted) {
    await stampAll(shared, tasks)
    return { result: 'stopped' }
  }

  tally.enter('verify')
  const unverified = new Set(
    (await countsOf(run.ledger.db, run.pair.id))
      .filter(count => count.state === 'done' && count.verified < count.items)
      .map(count => count.folder),
  )
  await finishAll(
    shared,
    tasks.filter(task => unverified.has(task.row.id)),
  )
  if (run.stop.aborted) return { result: 'stopped' }
  if (held) return { result: 'failed', error: held }
  return conclude(run, tasks)
}

/** The inbox first, for people look there; then the fullest folders, so that none of them is left to run alone at the end. */
const inOrder = (tasks: readonly FolderTask[]): FolderTask[] =>
  tasks.toSorted((a, b) => Number(b.from.role === 'inbox') - Number(a.from.role === 'inbox') || b.from.count - a.from.count)

/**
 * Completed means: every folder was listed to its end, every item has its row, every written one was read back. Anything else is a difference,
 * and can be listed.
 */
async function conclude({ ledger, pair }: PairRun, tasks: readonly FolderTask[]): Promise<PairOutcome> {
  const counts = await countsOf(ledger.db, pair.id)
  const worked = new Set(tasks.map(({ row }) => row.id))
  const unfinished = (await foldersOf(ledger.db, pair.id)).filter(
    ({ id, checkpoint, error }) => error !== undefined || (worked.has(id) && checkpoint === undefined),
  )
  const differences = counts.reduce((sum, { state, items, verified }) => {
    if (state === 'failed' || state === 'intended') return sum + items
    return state === 'done' ? sum + items - verified : sum
  }, unfinished.length)
  return differences === 0 ? { result: 'completed' } : { result: 'completedWithDifferences', differences }
}
