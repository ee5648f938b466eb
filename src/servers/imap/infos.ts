import type { ItemInfo } from '../../domain/mail.ts'
import type { Folder } from '../mailServer.ts'
import { type SessionContext, throwIfStopped } from './sessionContext.ts'
import { fetchAll } from './wire/fetchAll.ts'
import type { FetchFields } from './wire/fetchParser.ts'

/** What a scan asks of each message. */
export const infoItems = '(UID FLAGS INTERNALDATE RFC822.SIZE)'

/** The item a response tells of; undefined where it is only a change of flags somebody made meanwhile. */
export const infoOf = ({ uid, flags, received, size }: FetchFields): ItemInfo | undefined =>
  uid === 0 || size < 0 ? undefined : { key: uid, size, received: Number.isNaN(received) ? 0 : received, flags: flags ?? [] }

/** What the server knows of these items now, by UID; those that are gone are left out. */
export async function fetchInfos(
  context: SessionContext,
  folder: Folder,
  uids: readonly number[],
  signal: AbortSignal,
): Promise<Map<number, ItemInfo>> {
  throwIfStopped(signal, 'reading')
  const found = new Map<number, ItemInfo>()
  const sink = {
    fetched(fields: FetchFields) {
      const info = infoOf(fields)
      if (info) found.set(fields.uid, info)
    },
  }
  await fetchAll(context, folder, { uids, items: infoItems, sink, has: uid => found.has(uid) })
  return found
}
