import type { ItemKey } from '../../../domain/mail.ts'
import type { Folder, ReadItem, ReadOptions } from '../../mailServer.ts'
import { quiet } from '../../quiet.ts'
import { createReadAhead } from '../../readAhead.ts'
import { type ReadPart, readParts } from '../../readParts.ts'
import { sizesOf } from '../../sizesOf.ts'
import type { Reading } from './contents.ts'
import { infos } from './infos.ts'
import { readBatch } from './readBatch.ts'
import { readLarge } from './readLarge.ts'
import { asItemId, type SessionContext, throwIfStopped } from './sessionContext.ts'

/** Items of one batch: as many as Graph takes in one request of either kind. */
const itemsAtOnce = 20

type Asked = { readonly bytes: number; readonly keys: readonly string[]; readonly batch: Promise<readonly ReadItem[]> | undefined }

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
  const parts = readParts(ids, sizeOf, { ...batch, items: Math.min(batch.items, itemsAtOnce) })
  const ahead = createReadAhead(
    parts,
    context.ahead,
    ({ keys, bytes, streamed }: ReadPart<string>): Asked => ({
      bytes,
      keys,
      batch: streamed ? undefined : quiet(readBatch(reading, keys)),
    }),
  )
  try {
    for (let asked = ahead.next(); asked; asked = ahead.next()) {
      const items = await asked.batch
      ahead.took(asked)
      if (items && items.length > 0) yield items
      if (!items) for (const id of asked.keys) yield [await readLarge(reading, id)]
    }
  } finally {
    ahead.end()
  }
}
