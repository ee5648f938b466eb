import { createHash } from 'node:crypto'
import { canonicalHeaders } from '../../domain/fingerprint.ts'
import type { ItemKey } from '../../domain/mail.ts'
import type { Folder } from '../mailServer.ts'
import { asUid, type SessionContext, throwIfStopped } from './sessionContext.ts'
import { fetchAll } from './wire/fetchAll.ts'
import type { FetchSink } from './wire/fetchParser.ts'

/** Headers beyond this many bytes say nothing more about which message it is. */
const longestHead = 1 << 20

/** The hash of each message's canonical headers and received date, hexadecimal, by which a copy is recognised whoever made it. What is gone is left out. */
export async function fingerprints(
  context: SessionContext,
  folder: Folder,
  keys: readonly ItemKey[],
  signal: AbortSignal,
): Promise<Map<ItemKey, string>> {
  throwIfStopped(signal, 'reading')
  const found = new Map<ItemKey, string>()
  let head: Buffer[] = []
  let length = 0
  const sink: FetchSink = {
    bodyStart() {
      head = []
      length = 0
    },
    bodyChunk(bytes) {
      if (length < longestHead) head.push(bytes.subarray(0, longestHead - length))
      length += bytes.length
    },
    fetched({ uid, body, received }) {
      if (uid === 0 || body !== 'given') return
      const text = canonicalHeaders(Buffer.concat(head), Number.isNaN(received) ? 0 : received)
      found.set(uid, createHash('sha256').update(text, 'latin1').digest('hex'))
    },
  }
  await fetchAll(context, folder, {
    uids: keys.map(asUid),
    items: '(UID INTERNALDATE BODY.PEEK[HEADER])',
    sink,
    has: uid => found.has(uid),
  })
  return found
}
