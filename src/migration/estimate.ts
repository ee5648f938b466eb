import type { Limits } from '../domain/job.ts'
import type { ContentFormat, ItemKey } from '../domain/mail.ts'
import type { Folder, MailSession } from '../servers/mailServer.ts'
import type { Amount } from './forecast.ts'

/** How fast mail can be had from the source. */
export interface Rate {
  readonly bytesPerSecond: number
  readonly itemsPerSecond: number
  /** Read from the source just now, or only supposed. */
  readonly measured: boolean
}

/** What a server over the internet usually gives one mailbox. */
export const supposed: Rate = { bytesPerSecond: 2_000_000, itemsPerSecond: 50, measured: false }

/** Milliseconds that so much mail takes: whichever is slower, bytes or messages, and never faster than the job's own limit. */
export function estimateMs(
  { items, bytes }: Amount,
  rate: Rate,
  { megabytesPerSecond = Number.POSITIVE_INFINITY }: Partial<Limits>,
): number {
  const seconds = Math.max(bytes / rate.bytesPerSecond, items / rate.itemsPerSecond, bytes / (megabytesPerSecond * 1e6))
  return Math.ceil(seconds * 1000)
}

/** Read at most, to measure: enough to be past the start, little enough to be no burden. */
const sample = { items: 200, bytes: 4_000_000, ms: 3000 }

/** Reads some messages of the fullest folder as they would be carried, and forgets them. Nothing where there are too few to say anything. */
export async function measure(
  source: MailSession,
  folders: readonly Folder[],
  format: ContentFormat | undefined,
  signal: AbortSignal,
): Promise<Rate | undefined> {
  const fullest = folders.filter(folder => folder.selectable).toSorted((a, b) => b.count - a.count)[0]
  if (fullest === undefined || format === undefined || fullest.count < 20) return undefined
  const { keys, sizes } = await someKeys(source, fullest, signal)
  const began = performance.now()
  let items = 0
  let bytes = 0
  const batch = { items: 50, bytes: 1_000_000, streamAbove: 2_000_000 }
  for await (const read of source.read(fullest, keys, { signal, format, batch, sizeOf: key => sizes.get(key) })) {
    for (const item of read) {
      if (!('content' in item)) continue
      if ('stream' in item.content) for await (const chunk of item.content.stream) bytes += chunk.length
      else bytes += item.content.size
      items++
    }
    if (performance.now() - began > sample.ms) break
  }
  const seconds = (performance.now() - began) / 1000
  return items === 0 || bytes === 0 ? undefined : { bytesPerSecond: bytes / seconds, itemsPerSecond: items / seconds, measured: true }
}

async function someKeys(source: MailSession, folder: Folder, signal: AbortSignal) {
  const keys: ItemKey[] = []
  const sizes = new Map<ItemKey, number>()
  let bytes = 0
  const scan = source.scan(folder, { signal })
  for (let part = await scan.next(); !part.done; part = await scan.next()) {
    for (const { key, size } of part.value.items) {
      if (keys.length >= sample.items || bytes + size > sample.bytes) continue
      keys.push(key)
      sizes.set(key, size)
      bytes += size
    }
  }
  return { keys, sizes }
}
