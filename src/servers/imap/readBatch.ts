import type { MailferryError } from '../../domain/errors.ts'
import type { ReadItem } from '../mailServer.ts'
import { breaksPerItem, concernsItem, pauseAfterBreak, type Reading, type Trouble, troubleOf, unreadable } from './reading.ts'
import { throwIfStopped } from './sessionContext.ts'
import { bodyCollector } from './wire/bodies.ts'
import { inFolder } from './wire/inFolder.ts'
import { ascendingRuns, formatUidSet } from './wire/uidSet.ts'

/** How often connections may break in a row without any item arriving, whoever is to blame. */
const breaksInRow = 10

/** Bytes; a server that tells a smaller size than it then sends doesn't get to fill the memory. */
const largestKept = 8 << 20

export interface Batch {
  /** In the order asked for. */
  readonly items: readonly ReadItem[]
  /** Items that turned out to be too large to be kept; they are to be streamed. */
  readonly large: readonly number[]
}

/** What became of each item, kept over broken connections. */
interface Results {
  readonly items: Map<number, ReadItem>
  readonly large: Set<number>
  /** Asked for and not sent; once may be a mistake in telling apart whose data came, twice it is gone. */
  readonly missed: Set<number>
}

const settled = ({ items, large }: Results, uid: number): boolean => items.has(uid) || large.has(uid)

/**
 * Reads some items whole. A broken connection is replaced and the rest asked for again; an item at which it keeps breaking, or which the
 * server refuses to give, gets an error of its own. Throws what concerns the folder or the server as a whole.
 */
export async function readBatch(reading: Reading, uids: readonly number[]): Promise<Batch> {
  const results: Results = { items: new Map(), large: new Set(), missed: new Set() }
  let blamed = 0
  let inRow = 0
  for (let missing = uids; missing.length > 0; missing = uids.filter(uid => !settled(results, uid))) {
    throwIfStopped(reading.options.signal, 'reading')
    // Servers send messages in the order of their UIDs, so the lowest one missing is where it broke.
    const asked = blamed >= breaksPerItem - 1 ? [Math.min(...missing)] : missing
    const trouble = await ask(reading, asked, results)
    if (!trouble) {
      blamed = 0
      inRow = 0
      continue
    }
    const progressed = missing.some(uid => settled(results, uid))
    inRow = progressed ? 1 : inRow + 1
    if (inRow >= breaksInRow) throw trouble.error
    if (trouble.blamed) blamed = progressed ? 1 : blamed + 1
    const [suspect] = asked
    if (asked.length === 1 && suspect !== undefined && blamed >= breaksPerItem) {
      results.items.set(suspect, unreadable(suspect, trouble.error))
      blamed = 0
    }
    await pauseAfterBreak(reading, inRow)
  }
  return { items: uids.flatMap(uid => results.items.get(uid) ?? []), large: uids.filter(uid => results.large.has(uid)) }
}

/** Asks for items and settles each of them, unless the connection breaks. */
async function ask(reading: Reading, uids: readonly number[], results: Results): Promise<Trouble | undefined> {
  const { context, folder, since, options } = reading
  const open = await inFolder(context, folder, { notBefore: since })
  const wanted = new Set(uids)
  const collector = bodyCollector(wanted, Math.max(largestKept, options.batch.streamAbove))
  const ascending = uids.toSorted((a, b) => a - b)
  const sent = ascendingRuns(ascending, ascending.length).map(run =>
    open.send({
      name: 'UID FETCH',
      text: `UID FETCH ${formatUidSet(run)} (UID BODY.PEEK[])`,
      fetch: collector,
      weight: 1 + run.length / 50,
    }),
  )
  const answered = Promise.allSettled(sent.map(one => one.answer))
  const answers = (await Promise.race([collector.complete, answered])) ?? []
  for (const [uid, content] of collector.contents) {
    if ((options.sizeOf?.(uid) ?? content.size) !== content.size) context.exactSizes = false
    results.items.set(uid, { key: uid, format: 'rfc822', content })
  }
  for (const uid of collector.large) results.large.add(uid)

  let refusal: MailferryError | undefined
  for (const [index, answer] of answers.entries()) {
    if (answer.status === 'rejected') return troubleOf(answer.reason, sent[index]?.broke === true)
    if (answer.value.status !== 'OK') refusal = open.wire.refusal({ name: 'UID FETCH' }, answer.value, folder)
  }
  if (refusal && !concernsItem(refusal)) throw refusal
  const again: number[] = []
  for (const uid of uids) {
    if (settled(results, uid)) continue
    if (!refusal && !collector.nil.has(uid)) {
      if (results.missed.has(uid)) results.items.set(uid, { key: uid, gone: true })
      results.missed.add(uid)
    } else if (uids.length === 1) results.items.set(uid, unreadable(uid, refusal))
    else again.push(uid)
  }
  // One message the server can't give must not keep it from giving the others.
  const troubles = await Promise.all(again.map(uid => ask(reading, [uid], results)))
  return troubles.find(trouble => trouble !== undefined)
}
