import { createHash } from 'node:crypto'
import { isError } from '../../../domain/errors.ts'
import type { ItemKey } from '../../../domain/mail.ts'
import type { Folder } from '../../mailServer.ts'
import { contentStream, ItemGone } from './contentStream.ts'
import type { Reading } from './contents.ts'
import { createPatience } from './send.ts'
import { asItemId, holdsMessages, type SessionContext } from './sessionContext.ts'

/** Items read at once: no more may be, of one mailbox. */
const atOnce = 4

/** SHA-256 of each message's MIME content as Graph gives it now. What is gone or has none is left out. */
export async function digests(
  context: SessionContext,
  folder: Folder,
  keys: readonly ItemKey[],
  signal: AbortSignal,
): Promise<Map<ItemKey, Buffer>> {
  const found = new Map<ItemKey, Buffer>()
  if (!holdsMessages(context, folder)) return found
  const reading: Reading = { context, folder, format: 'rfc822', signal }
  await eachStream(reading, keys.map(asItemId), async (key, stream) => {
    const hash = createHash('sha256')
    for await (const bytes of stream) hash.update(bytes)
    found.set(key, hash.digest())
  })
  return found
}

/** Gives each message's bytes to someone, some at once; once more where they broke off. Those that are gone or can't be read are left out. */
export async function eachStream(
  reading: Reading,
  ids: readonly string[],
  take: (id: string, stream: AsyncIterable<Buffer>) => Promise<void>,
): Promise<void> {
  const open = [...ids]
  const work = async () => {
    for (let id = open.shift(); id !== undefined; id = open.shift()) {
      const patience = createPatience(reading.context, { operation: 'reading', signal: reading.signal })
      for (let done = false; !done; ) {
        try {
          await take(id, contentStream(reading, id))
          done = true
        } catch (thrown) {
          done = thrown instanceof ItemGone || isError(thrown, 'item.unreadable')
          if (!done) await patience.after(thrown)
        }
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, ids.length) }, work))
}
