import { createHash, type Hash } from 'node:crypto'
import type { ItemKey } from '../../domain/mail.ts'
import type { Folder } from '../mailServer.ts'
import { asUid, type SessionContext, throwIfStopped } from './sessionContext.ts'
import { fetchAll } from './wire/fetchAll.ts'
import type { FetchSink } from './wire/fetchParser.ts'

/** SHA-256 of each message's bytes, taken as they pass by; nothing is held. What is gone is left out. */
export async function digests(
  context: SessionContext,
  folder: Folder,
  keys: readonly ItemKey[],
  signal: AbortSignal,
): Promise<Map<ItemKey, Buffer>> {
  throwIfStopped(signal, 'reading')
  const found = new Map<ItemKey, Buffer>()
  let hash: Hash | undefined
  const sink: FetchSink = {
    bodyStart() {
      hash = createHash('sha256')
    },
    bodyChunk(bytes) {
      hash?.update(bytes)
    },
    fetched({ uid, body }) {
      if (uid !== 0 && body === 'given' && hash) found.set(uid, hash.digest())
      hash = undefined
    },
  }
  await fetchAll(context, folder, { uids: keys.map(asUid), items: '(UID BODY.PEEK[])', sink, has: uid => found.has(uid) })
  return found
}
