import { setTimeout as sleep } from 'node:timers/promises'
import type { Folder, FoundItem } from '../../mailServer.ts'
import { beside, mailboxItemInfo, mailboxItemQuery, mailboxItemSchema } from './mailboxItemInfo.ts'
import { markIn } from './marker.ts'
import { createdAt, markerOf, messageInfo, messageQuery, messageSchema } from './messageInfo.ts'
import { pages, readJson } from './pages.ts'
import { removeHalf } from './removeHalf.ts'
import { holdsMessages, itemsIn, messagesIn, type SessionContext, throwIfStopped } from './sessionContext.ts'

const pageSize = 200

/**
 * Items created at `next` (milliseconds since the epoch) or later, with our marker where they carry one. Messages come newest first, with an early end and without
 * a filter on the marker, which makes Exchange scan the mailbox. Lists may lag behind what was written, so they are only believed some time after the last write. What was
 * begun and not finished, for its attachments didn't all arrive, is moved to the deleted items and not told.
 */
export async function* find(
  context: SessionContext,
  folder: Folder,
  next: number | undefined,
  signal: AbortSignal,
): AsyncGenerator<readonly FoundItem[]> {
  throwIfStopped(signal, 'listing')
  await settled(context, signal)
  const isMail = holdsMessages(context, folder)
  const path = isMail
    ? `${messagesIn(context, folder)}?${messageQuery}&$orderby=createdDateTime%20desc`
    : `${itemsIn(context, folder)}?${mailboxItemQuery(beside(context))}${next === undefined ? '' : `&$filter=createdDateTime%20ge%20${toSecond(next)}`}`
  for await (const { entities } of pages(context, path, { operation: 'GET messages', folder, signal, pageSize })) {
    const items = entities.map(entity => (isMail ? ofMessage(context, entity) : ofItem(context, entity)))
    const recent = items.filter(({ created }) => isSince(created, next))
    const half = recent.filter(({ isHalf }) => isHalf).map(({ item }) => item.key)
    if (half.length > 0) await removeHalf(context, half, signal)
    const found = recent.filter(({ isHalf }) => !isHalf).map(({ item }) => item)
    if (found.length > 0) yield found
    if (isMail && recent.length < items.length) return
  }
}

async function settled(context: SessionContext, signal: AbortSignal): Promise<void> {
  const rest = context.lastWrite + context.settle - performance.now()
  if (rest > 0) await sleep(rest, undefined, { signal }).catch(() => throwIfStopped(signal, 'listing'))
}

const toSecond = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`

/** Graph tells times to the second. An item without one may be of any time. */
const isSince = (created: number | undefined, next: number | undefined): boolean =>
  next === undefined || (created ?? Number.POSITIVE_INFINITY) >= Math.floor(next / 1000) * 1000

interface Found {
  readonly item: FoundItem
  readonly created: number | undefined
  readonly isHalf: boolean
}

function ofMessage(context: SessionContext, entity: unknown): Found {
  const message = readJson(context, messageSchema, entity, 'GET messages')
  const mark = markIn(markerOf(message))
  const item = { ...messageInfo(message), ...(mark?.marker !== undefined && { marker: mark.marker }) }
  return { item, created: createdAt(message), isHalf: mark?.isHalf === true }
}

function ofItem(context: SessionContext, entity: unknown): Found {
  const item = readJson(context, mailboxItemSchema, entity, 'GET items')
  return { item: mailboxItemInfo(item), created: createdAt(item), isHalf: false }
}
