import { createHash } from 'node:crypto'
import { canonicalHeaders, type Fingerprint, looseIdentity } from '../../domain/fingerprint.ts'
import type { ItemKey } from '../../domain/mail.ts'
import type { Folder } from '../mailServer.ts'
import { asUid, type SessionContext, throwIfStopped } from './sessionContext.ts'
import { fetchAll } from './wire/fetchAll.ts'
import type { FetchSink } from './wire/fetchParser.ts'

/** Headers beyond this many bytes say nothing more about which message it is. */
const longestHead = 1 << 20

/** The hashes of each message's canonical headers and loose identity, hexadecimal, by which a copy is recognised whoever made it. What is gone is left out. */
export async function fingerprints(
  context: SessionContext,
  folder: Folder,
  keys: readonly ItemKey[],
  signal: AbortSignal,
): Promise<Map<ItemKey, Fingerprint>> {
  throwIfStopped(signal, 'reading')
  const found = new Map<ItemKey, Fingerprint>()
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
      const text = Buffer.concat(head).toString('latin1')
      const loose = looseIdentity(text)
      found.set(uid, {
        exact: sha256(canonicalHeaders(text, Number.isNaN(received) ? 0 : received), 'latin1'),
        ...(loose !== undefined && { loose: sha256(loose, 'utf8') }),
      })
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

const sha256 = (text: string, encoding: 'latin1' | 'utf8'): string => createHash('sha256').update(text, encoding).digest('hex')
