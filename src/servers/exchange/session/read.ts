import type { ByteBudget } from '../../../domain/byteBudget.ts'
import type { ItemKey } from '../../../domain/mail.ts'
import type { Folder, ReadItem, ReadOptions } from '../../mailServer.ts'
import { createReadAhead } from '../../readAhead.ts'
import { type ReadPart, readParts } from '../../readParts.ts'
import type { Reading } from './contents.ts'
import { infos } from './infos.ts'
import type { Batch, BatchReader } from './readBatch.ts'
import { mostHeld, readLarge } from './readLarge.ts'
import { asItemId, type SessionContext, throwIfStopped } from './sessionContext.ts'

/** Items of one request with content: a minute is all that Exchange gives a request. */
export const itemsAtOnce = 100

/** Bytes kept of an item that a scan called small: its MIME is larger than what Exchange counts, by attachments' base64 alone a third. */
const keptOf = (streamAbove: number): number => Math.max(4_000_000, streamAbove * 2)

interface Asked {
  readonly bytes: number
  readonly keys: readonly string[]
  /** Room for it in memory, to be given back. */
  readonly room: Promise<() => void>
  /** Absent where there is one large item. */
  readonly batch: Promise<Batch> | undefined
}

/**
 * Reads items in batches, asking for the next while the one before is being used. An item that comes as a stream has to be taken to its end before
 * the next batch is asked for. A batch has its room in memory from before it is asked for until the next one is wanted; rooms are taken in the order of reading, so
 * that nobody waits for one behind others of his own.
 */
export async function* read(
  context: SessionContext,
  readBatch: BatchReader,
  folder: Folder,
  keys: readonly ItemKey[],
  options: ReadOptions,
): AsyncGenerator<readonly ReadItem[]> {
  const { format, signal, batch } = options
  throwIfStopped(signal, 'reading')
  const ids = keys.map(asItemId)
  const reading: Reading = { context, folder, format, signal }
  const sizeOf = await sizes(context, folder, ids, options)
  const kept = keptOf(batch.streamAbove)
  const parts = readParts(ids, sizeOf, { ...batch, items: Math.min(batch.items, itemsAtOnce) })
  const ahead = createReadAhead(parts, context.ahead, ({ keys, bytes, streamed }: ReadPart<string>): Asked => {
    const room = quiet(roomFor(context.options.reading, streamed ? Math.min(bytes, mostHeld) : bytes, signal))
    return { bytes, keys, room, batch: streamed ? undefined : quiet(room.then(() => readBatch({ reading, ids: keys, bytes, most: kept }))) }
  })
  try {
    for (let asked = ahead.next(); asked; asked = ahead.next()) {
      const leave = await asked.room
      try {
        const done = await asked.batch
        ahead.took(asked)
        if (done && done.items.length > 0) yield done.items
        for (const id of done?.large ?? asked.keys) yield [await readLarge(reading, id)]
      } finally {
        leave()
      }
    }
  } finally {
    for (const { room, batch } of ahead.end()) void Promise.allSettled([batch]).then(async () => (await room)(), nothing)
  }
}

const nothing = () => {}

async function roomFor(budget: ByteBudget | undefined, bytes: number, signal: AbortSignal): Promise<() => void> {
  await budget?.take(bytes, signal)
  let taken = true
  return () => {
    if (taken) budget?.give(bytes)
    taken = false
  }
}

/** Its failure is met when its turn comes; until then it is no unhandled one. */
function quiet<Value>(promise: Promise<Value>): Promise<Value> {
  promise.catch(() => {})
  return promise
}

/** From the caller where he knows all, else from the server. */
async function sizes(
  context: SessionContext,
  folder: Folder,
  ids: readonly string[],
  { sizeOf, signal }: ReadOptions,
): Promise<(id: string) => number> {
  if (sizeOf && ids.every(id => sizeOf(id) !== undefined)) return id => sizeOf(id) ?? 0
  const found = await infos(context, folder, ids, signal)
  return id => found.get(id)?.size ?? 0
}
