import { type CorpusFolder, folderTree } from './corpus/folderTree.ts'
import { makeMessage } from './corpus/message.ts'
import type { SeedFolder, SeedMessage } from './mailbox.ts'
import { type Random, seeded } from './random.ts'

export interface CorpusOptions {
  readonly seed: number
  readonly messages: number
  /** `real`: median 8 KB, mean 55 KB. `small`: half a kilobyte to four. */
  readonly sizes: 'real' | 'small'
  /** Default: the forty of `folderTree`. */
  readonly folders?: readonly CorpusFolder[]
  /** The newest message's date. Default: the first of January 2026. */
  readonly until?: Date
}

/** A mailbox grown over ten years: the same for the same options, made folder by folder as it is read. */
export function* corpus(options: CorpusOptions): Generator<SeedFolder> {
  const folders = options.folders ?? folderTree
  const counts = share(options.messages, folders)
  for (const [index, { path, subscribed }] of folders.entries()) {
    const random = seeded(options.seed * 1000 + index)
    yield { path, subscribed, messages: messages(random, counts[index] ?? 0, path, options) }
  }
}

/** Whole numbers in proportion that add up exactly; what rounding leaves goes to the first folder. */
function share(total: number, folders: readonly CorpusFolder[]): number[] {
  const whole = folders.reduce((sum, folder) => sum + folder.share, 0)
  const counts = folders.map(folder => Math.floor((total * folder.share) / whole))
  const left = total - counts.reduce((sum, count) => sum + count, 0)
  return counts.map((count, index) => (index === 0 ? count + left : count))
}

function* messages(random: Random, count: number, path: readonly string[], options: CorpusOptions): Generator<SeedMessage> {
  const newest = (options.until ?? new Date('2026-01-01T00:00:00Z')).getTime()
  const received = Array.from({ length: count }, () => newest - Math.floor(random.next() * tenYears)).sort((a, b) => a - b)
  let previous: SeedMessage | undefined
  for (const [index, time] of received.entries()) {
    // Exact copies: people paste a message twice, and servers deliver one twice.
    if (previous && random.next() < 0.01) {
      yield previous
      continue
    }
    const date = new Date(time - (time % 1000))
    previous = {
      body: makeMessage(random, {
        size: size(random, options.sizes),
        sent: new Date(date.getTime() - random.between(0, 90) * 1000),
        id: `${options.seed}.${path.join('.').length}.${random.between(0, 0xffffffff).toString(36)}.${index}`,
        withoutMessageId: random.next() < 0.02,
      }),
      flags: flags(random, path[0] ?? ''),
      received: date,
    }
    yield previous
  }
}

const tenYears = 10 * 365.25 * 24 * 3600 * 1000

/** Log-normal, as mail is: median 8,000 bytes and, by σ = √(2 ln(mean ÷ median)), mean 55,000. */
function size(random: Random, sizes: CorpusOptions['sizes']): number {
  if (sizes === 'small') return random.between(600, 3500)
  const sigma = Math.sqrt(2 * Math.log(55_000 / 8000))
  return Math.min(25e6, Math.max(700, Math.round(8000 * Math.exp(sigma * normal(random)))))
}

/** Box and Muller's. */
const normal = (random: Random): number => Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next())

export function flags(random: Random, topFolder: string): string[] {
  const system: [string, number][] = [
    ['\\Seen', 0.85],
    ['\\Answered', 0.2],
    ['\\Flagged', 0.06],
    ['\\Draft', topFolder === 'Drafts' ? 1 : 0],
  ]
  const keywords: [string, number][] = [
    ['$Forwarded', 0.05],
    ['$MDNSent', 0.03],
    ['$Junk', topFolder === 'Junk' ? 0.8 : 0],
    ['NonJunk', topFolder === 'Junk' ? 0 : 0.1],
    ['$Label1', 0.03],
    ['$Label2', 0.02],
    ['Work', 0.03],
    ['Privat', 0.02],
  ]
  return [...system, ...keywords].filter(([, chance]) => random.next() < chance).map(([flag]) => flag)
}
