import { MailferryError as Failure, isError, type MailferryError } from '../domain/errors.ts'
import type { ItemInfo, ItemKey } from '../domain/mail.ts'
import type { Change, DoneItem } from '../ledger/rows.ts'
import type { OutgoingItem, ReadItem, ReadOptions, WriteResult } from '../servers/mailServer.ts'
import type { FolderTask, Shared } from './folderTask.ts'
import { storedError } from './storedError.ts'

/** One command carries so much; larger ones gain nothing, smaller ones cost the target an index update each. */
const batch = { items: 100, bytes: 1_500_000, streamAbove: 3_000_000 }

/**
 * Batches of one folder on their way to the target at once: the next is sent while the answer to the one before is awaited. A connection serves
 * its folders by turns, so a large folder gets more of them and isn't left to run alone at the end.
 */
const writesInFlight = (items: number): number => Math.min(6, 2 + Math.floor(items / 1000))

/** Keys the target confirmed without telling their new key; a server without UIDPLUS answers like that. */
export type Confirmed = Set<ItemKey>

/**
 * Copies items of one folder, in the order given: read ahead, recorded as intended, written, recorded as done.
 * Stops after the batches in hand when the person asked for it. Throws what concerns more than one item;
 * batches whose answer never came stay *intended*, to be resolved before the next write.
 */
export async function copyItems(shared: Shared, task: FolderTask, items: readonly ItemInfo[], confirmed: Confirmed): Promise<void> {
  const { run, source, target, tally, signal } = shared
  const infos = new Map(items.map(item => [item.key, item]))
  const inFlight: Promise<void>[] = []
  let trouble: unknown
  const options: ReadOptions = { signal, format: shared.format, batch, sizeOf: key => infos.get(key)?.size }
  try {
    for await (const read of source.read(task.from, [...infos.keys()], options)) {
      if (trouble !== undefined || shared.stopping.aborted) break
      inFlight.push(...(await send(read)))
      // A streamed item must be on its way entirely before the next can be read.
      const mayWait = read.some(item => 'content' in item && 'stream' in item.content) ? 0 : writesInFlight(items.length) - 1
      while (inFlight.length > mayWait) await inFlight.shift()
    }
  } catch (thrown) {
    trouble ??= thrown
  }
  await Promise.all(inFlight)
  if (trouble !== undefined) throw trouble

  /** Begins to record and send one batch and answers what is under way; that never rejects, it leaves its trouble for the loop. */
  async function send(read: readonly ReadItem[]): Promise<Promise<void>[]> {
    const { outgoing, changes, missing } = sortOut(task, infos, read)
    if (missing.length > 0) changes.push(...(await goneOrUnreadable(shared, task, missing)))
    const bytes = outgoing.reduce((sum, item) => sum + Math.min(item.content.size, batch.streamAbove), 0)
    if (changes.length > 0)
      tally.add({ failed: changes.reduce((sum, change) => sum + (change.kind === 'fail' ? change.items.length : 0), 0) })
    if (outgoing.length === 0) {
      if (changes.length > 0) await run.writer.commit(changes)
      return []
    }
    await run.limits.memory.take(bytes, signal)
    const leave = await shared.gate.enter(signal)
    const written = (async () => {
      await run.writer.commit([
        ...changes,
        { kind: 'intend', folder: task.row.id, items: outgoing.map(item => item.info), next: task.to.next },
      ])
      const results = await target.write(task.to, outgoing, { signal, deadline: () => run.writer.deadline() })
      await settle(outgoing, results)
    })()
      .catch((thrown: unknown) => {
        trouble ??= thrown
      })
      .finally(() => {
        leave()
        run.limits.memory.give(bytes)
      })
    return [written]
  }

  async function settle(outgoing: readonly OutgoingItem[], results: readonly WriteResult[]): Promise<void> {
    const done: DoneItem[] = []
    const failed: (ItemInfo & { error: ReturnType<typeof storedError> })[] = []
    const retract: ItemKey[] = []
    let doneBytes = 0
    let larger: MailferryError | undefined
    for (const [index, { info }] of outgoing.entries()) {
      const result = results[index] ?? { state: 'unknown', error: new Failure('internal', { detail: 'fewer answers than items' }) }
      if (result.state === 'written' && result.key !== undefined) {
        done.push({ key: info.key, targetKey: result.key, ...(result.flags && { targetFlags: result.flags }) })
        doneBytes += info.size
      } else if (result.state === 'written') {
        confirmed.add(info.key)
      } else if (result.state === 'refused' && concernsOneItem(result.error)) {
        failed.push({ ...info, error: storedError(result.error) })
      } else {
        larger ??= result.error
        if (result.state === 'refused') retract.push(info.key)
      }
    }
    const folder = task.row.id
    const changes: Change[] = []
    if (done.length > 0) changes.push({ kind: 'done', folder, items: done })
    if (failed.length > 0) changes.push({ kind: 'fail', folder, items: failed })
    if (retract.length > 0) changes.push({ kind: 'retract', folder, keys: retract })
    if (changes.length > 0) await run.writer.commit(changes)
    tally.add({ done: done.length, doneBytes, failed: failed.length })
    checkErrorLimit(shared)
    if (larger) throw larger
  }
}

const concernsOneItem = (error: MailferryError): boolean =>
  isError(error, 'item.tooLarge', 'item.rejected', 'item.unreadable', 'item.changed')

/** What of a batch can be written, the rows of unreadable items, and what the source didn't give at all. */
function sortOut(
  task: FolderTask,
  infos: ReadonlyMap<ItemKey, ItemInfo>,
  read: readonly ReadItem[],
): { outgoing: OutgoingItem[]; changes: Change[]; missing: ItemInfo[] } {
  const outgoing: OutgoingItem[] = []
  const failed: (ItemInfo & { error: ReturnType<typeof storedError> })[] = []
  const missing: ItemInfo[] = []
  for (const item of read) {
    const info = infos.get(item.key)
    if (!info) continue
    if ('gone' in item) missing.push(info)
    else if ('error' in item) failed.push({ ...info, error: storedError(item.error) })
    else outgoing.push({ info, format: item.format, content: item.content })
  }
  const changes: Change[] = []
  if (failed.length > 0) changes.push({ kind: 'fail', folder: task.row.id, items: failed })
  return { outgoing, changes, missing }
}

/**
 * An item that was listed and then not given has been expunged meanwhile, most likely. That is only believed when the server, asked again,
 * doesn't list it any more: an item forgotten by mistake would be missed by nobody.
 */
async function goneOrUnreadable({ source, signal }: Shared, task: FolderTask, missing: readonly ItemInfo[]): Promise<Change[]> {
  const folder = task.row.id
  const still = await source.infos(
    task.from,
    missing.map(({ key }) => key),
    signal,
  )
  const error = storedError(new Failure('item.unreadable', { response: 'the server lists it and does not give it' }))
  const gone = missing.filter(({ key }) => !still.has(key)).map(({ key }) => key)
  const unreadable = missing.filter(({ key }) => still.has(key)).map(info => ({ ...info, error }))
  return [
    ...(gone.length > 0 ? [{ kind: 'forget', folder, keys: gone } as const] : []),
    ...(unreadable.length > 0 ? [{ kind: 'fail', folder, items: unreadable } as const] : []),
  ]
}

/** A pair in which too much fails stops, for then something else is wrong. */
function checkErrorLimit({ run, tally }: Shared): void {
  const limit = run.job.settings.limits.maxErrorsPerPair
  if (tally.counts.failed > limit) throw new Failure('pair.tooManyErrors', { errors: tally.counts.failed, limit })
}
