import type { ItemKey } from '../../domain/mail.ts'
import type { Folder, ReadItem, ReadOptions } from '../mailServer.ts'
import { quiet } from '../quiet.ts'
import { createReadAhead } from '../readAhead.ts'
import { type ReadPart, readParts } from '../readParts.ts'
import { sizesOf } from '../sizesOf.ts'
import { fetchInfos } from './infos.ts'
import { type Batch, readBatch } from './readBatch.ts'
import type { Reading } from './reading.ts'
import { readStreamed, type Streamed } from './readStreamed.ts'
import { asUid, type SessionContext } from './sessionContext.ts'

type Asked = { readonly bytes: number } & ({ readonly batch: Promise<Batch> } | { readonly streamed: Promise<Streamed> })

/**
 * Reads items in batches, asking for the next while the one before is being used. An item that comes as a stream has to be taken to its end
 * before the next batch is asked for; what is left of it then is let go.
 */
export async function* read(
  context: SessionContext,
  folder: Folder,
  keys: readonly ItemKey[],
  options: ReadOptions,
): AsyncGenerator<readonly ReadItem[]> {
  const uids = keys.map(asUid)
  const reading: Reading = { context, folder, options, since: performance.now() }
  const sizeOf = await sizesOf(uids, options.sizeOf, () => fetchInfos(context, folder, uids, options.signal))
  const ahead = createReadAhead(readParts(uids, sizeOf, options.batch), context.ahead, part => ask(reading, part))
  try {
    for (let asked = ahead.next(); asked; asked = ahead.next()) {
      if ('batch' in asked) {
        const { items, large } = await asked.batch
        ahead.took(asked)
        if (items.length > 0) yield items
        for (const uid of large) yield* one(await readStreamed(reading, uid, sizeOf(uid)))
      } else {
        const streamed = await asked.streamed
        ahead.took(asked)
        yield* one(streamed)
      }
    }
  } finally {
    const letGo = (streamed: Streamed) => streamed.abandon()
    for (const rest of ahead.end()) if ('streamed' in rest) rest.streamed.then(letGo, () => {})
  }
}

function* one({ item, abandon }: Streamed): Generator<readonly ReadItem[]> {
  try {
    yield [item]
  } finally {
    abandon()
  }
}

function ask(reading: Reading, { keys, bytes, streamed }: ReadPart<number>): Asked {
  const [uid] = keys
  if (streamed && uid !== undefined) return { bytes, streamed: quiet(readStreamed(reading, uid, bytes)) }
  return { bytes, batch: quiet(readBatch(reading, keys)) }
}
