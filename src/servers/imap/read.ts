import type { ItemKey } from '../../domain/mail.ts'
import type { Folder, ReadItem, ReadOptions } from '../mailServer.ts'
import { fetchInfos } from './infos.ts'
import { type Batch, readBatch } from './readBatch.ts'
import type { Reading } from './reading.ts'
import { type ReadPart, readParts } from './readPlan.ts'
import { readStreamed, type Streamed } from './readStreamed.ts'
import { asUid, type SessionContext } from './sessionContext.ts'

/** Batches asked for before the first of them is taken: a round trip's worth on a slow network. */
const batchesAhead = 4

/** Bytes asked for ahead, in batches; the memory one reading takes. */
const bytesAhead = 2

type Under = { readonly part: ReadPart } & ({ readonly batch: Promise<Batch> } | { readonly streamed: Promise<Streamed> })

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
  const sizeOf = await sizes(context, folder, uids, options)
  const parts = readParts(uids, sizeOf, options.batch)
  const under: Under[] = []
  let bytes = 0
  let next = parts.next()

  // A stream that nobody takes yet stops the wire, and with it what has to come before. So it waits until it is next.
  const mayBegin = (part: ReadPart) =>
    !part.streamed && under.length < batchesAhead && bytes + part.bytes <= bytesAhead * options.batch.bytes
  const askAhead = () => {
    while (!next.done && (under.length === 0 || mayBegin(next.value))) {
      under.push(begin(reading, next.value))
      bytes += next.value.bytes
      next = parts.next()
    }
  }
  try {
    for (askAhead(); under.length > 0; askAhead()) {
      const [first] = under
      if (!first) return
      if ('batch' in first) {
        const { items, large } = await first.batch
        under.shift()
        bytes -= first.part.bytes
        askAhead()
        if (items.length > 0) yield items
        for (const uid of large) yield* one(await readStreamed(reading, uid, sizeOf(uid)))
      } else {
        const streamed = await first.streamed
        under.shift()
        bytes -= first.part.bytes
        yield* one(streamed)
      }
    }
  } finally {
    for (const rest of under)
      if ('streamed' in rest)
        rest.streamed.then(
          streamed => streamed.abandon(),
          () => {},
        )
  }
}

function* one({ item, abandon }: Streamed): Generator<readonly ReadItem[]> {
  try {
    yield [item]
  } finally {
    abandon()
  }
}

function begin(reading: Reading, part: ReadPart): Under {
  const [uid] = part.uids
  if (part.streamed && uid !== undefined) return { part, streamed: quiet(readStreamed(reading, uid, part.bytes)) }
  return { part, batch: quiet(readBatch(reading, part.uids)) }
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
  uids: readonly number[],
  { sizeOf, signal }: ReadOptions,
): Promise<(uid: number) => number> {
  if (sizeOf && uids.every(uid => sizeOf(uid) !== undefined)) return uid => sizeOf(uid) ?? 0
  const infos = await fetchInfos(context, folder, uids, signal)
  return uid => infos.get(uid)?.size ?? 0
}
