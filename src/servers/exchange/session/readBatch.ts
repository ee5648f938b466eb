import { carries } from '../../../domain/mail.ts'
import type { ReadItem } from '../../mailServer.ts'
import { askEach } from './askEach.ts'
import { contentRequest, describedBy, notCarried, type Reading, unreadable } from './contents.ts'
import { eachItem } from './infos.ts'
import { infoProperties, itemClassOf } from './itemInfo.ts'

export interface Batch {
  /** In the order asked for. */
  readonly items: readonly ReadItem[]
  /** Items that turned out to be too large to be kept; they are to be read alone. */
  readonly large: readonly string[]
}

/** Reads some items whole, in one request where all goes well. `most`: bytes that are kept of one item. */
export async function readBatch(reading: Reading, ids: readonly string[], most: number): Promise<Batch> {
  const { context, folder, format, signal } = reading
  const results = new Map<string, ReadItem>()
  const large = new Set<string>()
  const wanted = await carriedOf(reading, ids, results)
  let chunks: Buffer[] = []
  let size = 0
  await askEach(context, wanted, {
    ...contentRequest(format),
    folder,
    signal,
    most: ids.length,
    content(bytes) {
      size += bytes.length
      if (size <= most) chunks.push(bytes)
      else chunks = []
    },
    discard() {
      chunks = []
      size = 0
    },
    answered(key, message, trouble) {
      const described = describedBy(reading, message, trouble, size)
      if ('gone' in described) results.set(key, { key, gone: true })
      else if ('error' in described) results.set(key, { key, error: described.error })
      else if (size > most) large.add(key)
      else {
        const { details } = described
        results.set(key, { key, format, content: { size, chunks }, ...(details && { details }) })
      }
    },
    unanswerable(key, error) {
      results.set(key, { key, error: unreadable('response' in error.params ? error.params.response : error.code, error) })
    },
  })
  return { items: ids.flatMap(id => results.get(id) ?? []), large: ids.filter(id => large.has(id)) }
}

/** In folders of mail, classes are told with the content. Elsewhere most items have none in this format, so what they are is asked first. */
async function carriedOf(
  { context, folder, format, signal }: Reading,
  ids: readonly string[],
  results: Map<string, ReadItem>,
): Promise<readonly string[]> {
  if (format === 'fts' || folder.containerClass === undefined) return ids
  const carried = new Set<string>()
  await eachItem(context, { folder, keys: ids, signal, wanted: infoProperties }, (key, item) => {
    const itemClass = itemClassOf(item)
    if (carries(format, itemClass)) carried.add(key)
    else results.set(key, { key, error: notCarried(itemClass, format) })
  })
  for (const key of ids) if (!carried.has(key) && !results.has(key)) results.set(key, { key, gone: true })
  return ids.filter(id => carried.has(id))
}
