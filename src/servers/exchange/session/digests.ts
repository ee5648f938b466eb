import { createHash } from 'node:crypto'
import type { ItemKey } from '../../../domain/mail.ts'
import type { Folder } from '../../mailServer.ts'
import { askEach } from './askEach.ts'
import { contentRequest, describedBy, type Reading } from './contents.ts'
import { asItemId, type SessionContext } from './sessionContext.ts'

/** Items hashed with one request; they may be of any size, for nothing of them is kept. */
const itemsAtOnce = 20

/** SHA-256 of each item's MIME content as the server gives it now. What is gone or has none is left out. */
export async function digests(
  context: SessionContext,
  folder: Folder,
  keys: readonly ItemKey[],
  signal: AbortSignal,
): Promise<Map<ItemKey, Buffer>> {
  const found = new Map<ItemKey, Buffer>()
  const reading: Reading = { context, folder, format: 'rfc822', signal }
  let hash = createHash('sha256')
  let size = 0
  await askEach(context, keys.map(asItemId), {
    ...contentRequest('rfc822'),
    folder,
    signal,
    most: itemsAtOnce,
    content(bytes) {
      hash.update(bytes)
      size += bytes.length
    },
    discard() {
      hash = createHash('sha256')
      size = 0
    },
    answered(key, message, trouble) {
      const described = describedBy(reading, message, trouble, size)
      if (!('gone' in described || 'error' in described)) found.set(key, hash.digest())
    },
    unanswerable() {},
  })
  return found
}
