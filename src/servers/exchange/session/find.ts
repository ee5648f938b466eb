import type { Folder, FoundItem } from '../../mailServer.ts'
import { descend, timeAt, type XmlNode } from '../soap/node.ts'
import { properties } from '../soap/properties.ts'
import { type Trouble, troubleOfMessage } from '../soap/trouble.ts'
import { ask } from './ask.ts'
import { idOf, infoProperties, itemInfo, markerOf } from './itemInfo.ts'
import { findNewest } from './operations.ts'
import { requestOf, type SessionContext, throwIfStopped } from './sessionContext.ts'

/** Exchange gives no more of a page without a restriction ("EWS throttling in Exchange"). */
const pageSize = 1000

/** Items of a page that are asked for again with the next, so that a deletion in between hides none. */
const overlap = 50

/**
 * Items created at `next` (milliseconds since the epoch) or later, newest first, with our marker where they carry one. Sorted, with an early end and
 * without a restriction: one on a named property makes Exchange scan the folder. What arrives meanwhile is missed, which is nobody's but others'.
 */
export async function* find(
  context: SessionContext,
  folder: Folder,
  next: number | undefined,
  signal: AbortSignal,
): AsyncGenerator<readonly FoundItem[]> {
  throwIfStopped(signal, 'listing')
  const told = new Set<string>()
  const wanted = [...infoProperties, properties.marker]
  let most = pageSize
  for (let offset = 0; ; ) {
    const body = requestOf(context, [findNewest({ folder: folder.id, wanted, offset, most })])
    const [message] = await ask(context, { operation: 'FindItem', folder, body, signal }, trouble => isPageTooLarge(trouble) && most > 1)
    if (message && troubleOfMessage(message)) {
      most >>= 1
      continue
    }
    const page = descend(message, 'RootFolder')
    const items = descend(page, 'Items')?.children ?? []
    const recent = items.filter(item => isSince(item, next))
    const fresh = recent.filter(item => !told.has(idOf(item) ?? ''))
    for (const item of fresh) told.add(idOf(item) ?? '')
    const found = fresh.flatMap(foundItem)
    if (found.length > 0) yield found
    const over = page?.attributes['IncludesLastItemInRange'] !== 'false' || items.length === 0 || recent.length < items.length
    if (over) return
    // A throttling policy may make pages smaller than the overlap.
    offset += items.length - Math.min(overlap, items.length >> 1)
  }
}

/** What a policy's EwsFindCountLimit answers where it doesn't cut the page. */
const isPageTooLarge = ({ code }: Trouble): boolean => code === 'ErrorExceededFindCountLimit'

/** Exchange tells times to the second. An item without one may be of any time. */
const isSince = (item: XmlNode, next: number | undefined): boolean =>
  next === undefined || (timeAt(item, 'DateTimeCreated') ?? Number.POSITIVE_INFINITY) >= Math.floor(next / 1000) * 1000

function foundItem(item: XmlNode): FoundItem[] {
  const info = itemInfo(item)
  const marker = markerOf(item)
  return info ? [{ ...info, ...(marker !== undefined && { marker }) }] : []
}
