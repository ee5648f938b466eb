import type { ItemKey } from '../../../domain/mail.ts'
import type { Folder, ReadItem, ReadOptions } from '../../mailServer.ts'
import { quiet } from '../../quiet.ts'
import { createReadAhead } from '../../readAhead.ts'
import { type ReadPart, readParts } from '../../readParts.ts'
import { sizesOf } from '../../sizesOf.ts'
import type { Reading } from './contents.ts'
import { infos } from './infos.ts'
import { type Batch, readBatch } from './readBatch.ts'
import { readLarge } from './readLarge.ts'
import { asItemId, type SessionContext, throwIfStopped } from './sessionContext.ts'

/** Items of one request with content: a minute is all that Exchange gives a request. */
const itemsAtOnce = 100

/** Bytes kept of an item that a scan called small: its MIME is larger than what Exchange counts, by attachments' base64 alone a third. */
const keptOf = (streamAbove: number): number => Math.max(4_000_000, streamAbove * 2)

type Asked = { readonly bytes: number; readonly keys: readonly string[]; readonly batch: Promise<Batch> | undefined }

/**
 * Reads items in batches, asking for the next while the one before is being used. An item that comes as a stream has to be taken to its end before
 * the next batch is asked for.
 */
export async function* read(
  context: SessionContext,
  folder: Folder,
  keys: readonly ItemKey[],
  options: ReadOptions,
): AsyncGenerator<readonly ReadItem[]> {
  const { format, signal, batch } = options
  throwIfStopped(signal, 'reading')
  const ids = keys.map(asItemId)
  const reading: Reading = { context, folder, format, signal }
  const sizeOf = await sizesOf(ids, options.sizeOf, () => infos(context, folder, ids, signal))
  const kept = keptOf(batch.streamAbove)
  const parts = readParts(ids, sizeOf, { ...batch, items: Math.min(batch.items, itemsAtOnce) })
  const ahead = createReadAhead(
    parts,
    context.ahead,
    ({ keys, bytes, streamed }: ReadPart<string>): Asked => ({
      bytes,
      keys,
      batch: streamed ? undefined : quiet(readBatch(reading, keys, kept)),
    }),
  )
  try {
    for (let asked = ahead.next(); asked; asked = ahead.next()) {
      const done = await asked.batch
      ahead.took(asked)
      if (done && done.items.length > 0) yield done.items
      for (const id of done?.large ?? asked.keys) yield [await readLarge(reading, id)]
    }
  } finally {
    ahead.end()
  }
}
