import { isError } from '../../../domain/errors.ts'
import { carries } from '../../../domain/mail.ts'
import type { ReadItem } from '../../mailServer.ts'
import { askEach } from './askEach.ts'
import { contentRequest, describedBy, notCarried, type Reading, unreadable } from './contents.ts'
import { createGathering, type Gathered } from './gathering.ts'
import { eachItem } from './infos.ts'
import { infoProperties, itemClassOf } from './itemInfo.ts'

export interface Batch {
  /** In the order asked for. */
  readonly items: readonly ReadItem[]
  /** Items that turned out to be too large to be kept; they are to be read alone. */
  readonly large: readonly string[]
}

/** Some items of a folder that are to be read whole. */
export interface BatchToRead {
  readonly reading: Reading
  readonly ids: readonly string[]
  /** Bytes to be expected of all of them. */
  readonly bytes: number
  /** Bytes that are kept of one item. */
  readonly most: number
}

/** Reads batches; of several folders with one request where they are small and come together. */
export type BatchReader = (batch: BatchToRead) => Promise<Batch>

/** Milliseconds in which the answers to several scans come. */
const moment = 25

interface Part extends Gathered {
  readonly batch: BatchToRead
  readonly ids: readonly string[]
  readonly results: Map<string, ReadItem>
  readonly large: Set<string>
}

export function createBatchReader(limits: { readonly items: number; readonly bytes: number }): BatchReader {
  const gathered = { fts: createGathering<Part>({ ...limits, moment }, readParts), alone: (part: Part) => readParts([part]) }
  return async batch => {
    const { reading, ids, bytes } = batch
    const results = new Map<string, ReadItem>()
    const large = new Set<string>()
    const wanted = await carriedOf(reading, ids, results)
    const part: Part = { batch, ids: wanted, items: wanted.length, bytes, results, large }
    if (wanted.length > 0) await (reading.format === 'fts' ? gathered.fts : gathered.alone)(part)
    return { items: ids.flatMap(id => results.get(id) ?? []), large: ids.filter(id => large.has(id)) }
  }
}

/** Reads what lies in several folders with one request where all goes well. */
async function readParts(parts: readonly Part[]): Promise<void> {
  const [first] = parts
  if (!first) return
  const { context, folder, format, signal } = first.batch.reading
  const partOf = new Map(parts.flatMap(part => part.ids.map(id => [id, part] as const)))
  // Two that want the same item would share one answer.
  if (parts.length > 1 && partOf.size < parts.reduce((sum, { ids }) => sum + ids.length, 0)) {
    for (const part of parts) await readParts([part])
    return
  }
  const most = Math.max(...parts.map(part => part.batch.most))
  let chunks: Buffer[] = []
  let size = 0
  await askEach(context, [...partOf.keys()], {
    ...contentRequest(format),
    ...(parts.length === 1 && { folder }),
    signal,
    most: partOf.size,
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
      const part = partOf.get(key)
      if (!part) return
      const described = describedBy(part.batch.reading, message, trouble, size)
      if ('gone' in described) part.results.set(key, { key, gone: true })
      else if ('error' in described) part.results.set(key, { key, error: described.error })
      else if (size > part.batch.most) part.large.add(key)
      else {
        const { details } = described
        part.results.set(key, { key, format, content: { size, chunks }, ...(details && { details }) })
      }
    },
    unanswerable(key, error) {
      partOf.get(key)?.results.set(key, { key, error: unreadable('response' in error.params ? error.params.response : error.code, error) })
    },
  }).catch((thrown: unknown) => {
    if (!isError(thrown, 'transfer.refused')) throw thrown
    for (const [key, { results }] of partOf) if (!results.has(key)) results.set(key, { key, error: thrown })
  })
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
