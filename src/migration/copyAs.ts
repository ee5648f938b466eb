import { MailferryError as Failure, isError, type MailferryError } from '../domain/errors.ts'
import type { ContentFormat, ItemInfo, ItemKey } from '../domain/mail.ts'
import type { Change, DoneItem } from '../ledger/rows.ts'
import type { Content, MailSession, OutgoingItem, ReadItem, ReadOptions, WriteResult } from '../servers/mailServer.ts'
import { byItem, type FailedItem } from './failedItems.ts'
import type { FolderTask, Shared } from './folderTask.ts'
import { goneOrUnreadable } from './goneOrUnreadable.ts'
import { concernsFormat } from './rules/concernsFormat.ts'
import { storedError } from './storedError.ts'

/** One command carries so much; smaller ones cost the target an index update each, larger ones gain only where requests are counted. */
const batchOf = (...sides: readonly MailSession[]): ReadOptions['batch'] => ({
  items: 100,
  bytes: Math.max(1_500_000, ...sides.map(({ traits }) => traits.batchBytes ?? 0)),
  streamAbove: 3_000_000,
})

/**
 * Batches of one folder on their way to the target at once: the next is sent while the answer to the one before is awaited. A connection serves
 * its folders by turns, so a large folder gets more of them and isn't left to run alone at the end.
 */
const writesInFlight = (items: number): number => Math.min(6, 2 + Math.floor(items / 1000))

/** Keys the target confirmed without telling their new key; a server without UIDPLUS answers like that. */
export type Confirmed = Set<ItemKey>

/** What an earlier format could not carry, and why not. */
export interface ToCopy {
  readonly items: readonly ItemInfo[]
  readonly reasons: ReadonlyMap<ItemKey, MailferryError>
}

/** A step of the transfer ladder; the last has no next one. */
export interface Step {
  readonly format: ContentFormat
  readonly next: ContentFormat | undefined
}

/**
 * Copies items of one folder in one format, in the order given: read ahead, recorded as intended, written, recorded as done. Answers those for the next format.
 * Stops after the batches in hand when the person asked for it. Throws what concerns more than one item;
 * batches whose answer never came stay *intended*, to be resolved before the next write.
 */
export async function copyAs(
  shared: Shared,
  task: FolderTask,
  { items, reasons }: ToCopy,
  { format, next }: Step,
  confirmed: Confirmed,
): Promise<ToCopy> {
  const { run, source, target, tally, signal, markerOf } = shared
  const unmarked = markerOf !== undefined && target.stamp !== undefined && !target.traits.marks.includes(format)
  const stepDown = new Map<ItemKey, MailferryError>()
  const infos = new Map(items.map(item => [item.key, item]))
  const begun = new Set<ItemKey>()
  const inFlight: Promise<void>[] = []
  let trouble: unknown
  const batch = batchOf(source, target)
  const options: ReadOptions = { signal, format, batch, sizeOf: key => infos.get(key)?.size }
  try {
    for await (const read of source.read(task.from, [...infos.keys()], options)) {
      if (trouble !== undefined || shared.stopping.aborted || (next && shared.withheld.has(format))) break
      for (const { key } of read) begun.add(key)
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
  const why = next && !shared.stopping.aborted ? shared.withheld.get(format) : undefined
  if (why) for (const { key } of items) if (!begun.has(key)) stepDown.set(key, reasons.get(key) ?? why)
  return { items: items.filter(({ key }) => stepDown.has(key)), reasons: stepDown }

  /** Begins to record and send one batch and answers what is under way; that never rejects, it leaves its trouble for the loop. */
  async function send(read: readonly ReadItem[]): Promise<Promise<void>[]> {
    const { outgoing, failed, missing } = sortOut(read)
    const changes: Change[] = missing.length > 0 ? await goneOrUnreadable(shared, task, missing) : []
    if (failed.length > 0) changes.push(byItem(shared, task, failed))
    const bytes = outgoing.reduce((sum, item) => sum + Math.min(item.content.size, batch.streamAbove), 0)
    tally.addFailed(changes)
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

  /** What of a batch can be written, what can't be read, and what the source didn't give at all. What the next format may carry is put aside for it. */
  function sortOut(read: readonly ReadItem[]): { outgoing: OutgoingItem[]; failed: FailedItem[]; missing: ItemInfo[] } {
    const outgoing: OutgoingItem[] = []
    const failed: FailedItem[] = []
    const missing: ItemInfo[] = []
    for (const item of read) {
      const info = infos.get(item.key)
      if (!info) continue
      if ('gone' in item) missing.push(info)
      else if ('error' in item) failOrStepDown(info, item.error, undefined, failed)
      else {
        const { content, details } = item
        outgoing.push({ info, format, content, ...(details && { details }), ...(markerOf && { marker: markerOf(task.from, info.key) }) })
      }
    }
    noteWithheld(read.map(item => ('error' in item ? item.error : undefined)))
    return { outgoing, failed, missing }
  }

  /** What a server refuses for each item of a batch it would refuse for all others too. */
  function noteWithheld(errors: readonly (MailferryError | undefined)[]): void {
    const [first] = errors
    if (first && errors.every(error => isError(error, 'transfer.refused'))) shared.withheld.set(format, first)
  }

  /** The reason of the first format that failed is the one told, unless that was only that it doesn't carry such items. */
  function failOrStepDown(info: ItemInfo, error: MailferryError, itemClass: string | undefined, failed: FailedItem[]): boolean {
    const before = reasons.get(info.key)
    const reason = isError(error, 'item.notCarried') && before && !isError(before, 'item.notCarried') ? before : error
    if (concernsFormat(error, itemClass, next)) stepDown.set(info.key, reason)
    else failed.push({ info, error: reason })
    return stepDown.has(info.key)
  }

  async function settle(outgoing: readonly OutgoingItem[], results: readonly WriteResult[]): Promise<void> {
    const done: DoneItem[] = []
    const reduced: FailedItem[] = []
    const failed: FailedItem[] = []
    const retract: ItemKey[] = []
    let doneBytes = 0
    let larger: MailferryError | undefined
    for (const [index, { info, content, details }] of outgoing.entries()) {
      const result = results[index] ?? { state: 'unknown', error: new Failure('internal', { detail: 'fewer answers than items' }) }
      if (result.state === 'written' && result.key !== undefined) {
        done.push({
          key: info.key,
          targetKey: result.key,
          format,
          ...(unmarked && { unmarked }),
          ...(result.flags && { targetFlags: result.flags }),
          ...(result.version !== undefined && { targetVersion: result.version }),
          ...writtenSize(target, info, content),
        })
        doneBytes += info.size
        if (result.losses) reduced.push({ info, error: new Failure('item.reduced', { losses: [...result.losses] }) })
      } else if (result.state === 'written') {
        confirmed.add(info.key)
      } else if (result.state === 'refused' && concernsOneItem(result.error)) {
        // Not written for certain, so it may be tried in the next format.
        if (failOrStepDown(info, result.error, details?.itemClass, failed)) retract.push(info.key)
      } else {
        larger ??= result.error
        if (result.state === 'refused') retract.push(info.key)
      }
    }
    noteWithheld(results.map(result => (result.state === 'refused' ? result.error : undefined)))
    const folder = task.row.id
    const changes: Change[] = []
    if (done.length > 0) changes.push({ kind: 'done', folder, items: done })
    if (reduced.length > 0) changes.push(asReduced(folder, reduced))
    if (failed.length > 0) changes.push(byItem(shared, task, failed))
    if (retract.length > 0) changes.push({ kind: 'retract', folder, keys: retract })
    if (changes.length > 0) await run.writer.commit(changes)
    tally.add({ done: done.length, doneBytes })
    tally.addFailed(changes)
    checkErrorLimit(shared)
    if (larger) throw larger
  }
}

/** What a written item can't have of its original stands in its row. */
const asReduced = (folder: number, items: readonly FailedItem[]): Change => ({
  kind: 'kept',
  folder,
  items: items.map(({ info: { key, version }, error }) => ({ key, version, error: storedError(error) })),
})

/** The bytes that were written, where the source told another size and the target can be asked for its own. */
export const writtenSize = ({ traits }: MailSession, info: ItemInfo, { size }: Content): { readonly size?: number } =>
  traits.exactSizes && size !== info.size ? { size } : {}

const concernsOneItem = (error: MailferryError): boolean =>
  isError(
    error,
    'item.tooLarge',
    'item.textTooLarge',
    'item.rejected',
    'item.unreadable',
    'item.changed',
    'item.notCarried',
    'transfer.refused',
  )

/** A pair in which too much fails stops, for then something else is wrong. Items that no way of transfer carries were to be expected. */
function checkErrorLimit({ run, tally }: Shared): void {
  const limit = run.job.settings.limits.maxErrorsPerPair
  if (tally.errors > limit) throw new Failure('pair.tooManyErrors', { errors: tally.errors, limit })
}
