import type { Folder } from '../../mailServer.ts'
import { type SessionContext, throwIfStopped } from '../sessionContext.ts'
import { fetchRange, type RangeRequest } from './fetchRange.ts'
import { inFolder } from './inFolder.ts'

/** Messages given out at once. */
export const pageSize = 5000

/** Widest range of UIDs asked for: should all of them exist, as many are held in memory. */
const widest = 50_000

export interface PageRequest<Item> extends Omit<RangeRequest<Item>, 'from' | 'to'> {
  /** First UID wanted. */
  readonly first: number
  /** The UID before which the listing ends. */
  readonly next: number
  readonly signal: AbortSignal
  /** The folder must have been opened after this `performance.now()`. */
  readonly since: number
}

/** Lists a large folder in ranges of UIDs. The next range is asked for while the one before is being used. */
export async function* uidPages<Item>(
  context: SessionContext,
  folder: Folder,
  request: PageRequest<Item>,
): AsyncGenerator<readonly Item[]> {
  let width = pageSize
  let from = request.first
  const begin = () => {
    if (from >= request.next) return undefined
    const range = { from, to: Math.min(from + width, request.next) - 1 }
    from = range.to + 1
    const found = inFolder(context, folder, { notBefore: request.since }).then(open => fetchRange(open, { ...request, ...range }))
    found.catch(() => {})
    return { width: range.to - range.from + 1, found }
  }
  for (let current = begin(), ahead = begin(); current; current = ahead, ahead = begin()) {
    throwIfStopped(request.signal, 'listing')
    const found = await current.found
    // UIDs have gaps, some of them huge.
    width = Math.ceil(Math.min(widest, current.width * 4, (current.width * pageSize) / Math.max(1, found.length)))
    yield* cut(found)
  }
}

/** A listing in pages. */
export function* cut<Item>(items: readonly Item[]): Generator<readonly Item[]> {
  if (items.length > 0 && items.length <= pageSize) yield items
  else for (let at = 0; at < items.length; at += pageSize) yield items.slice(at, at + pageSize)
}
