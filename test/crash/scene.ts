import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createLocalClient } from '../../src/engine/localClient.ts'
import { compareSnapshots } from '../support/compareSnapshots.ts'
import { corpus } from '../support/corpus.ts'
import { contentOf } from '../support/exchangeMailbox.ts'
import { type Faults, type Proxy as Line, startProxy } from '../support/proxy.ts'
import { seeded } from '../support/random.ts'
import { snapshot } from '../support/snapshot.ts'
import { tempDir } from '../support/tempDir.ts'
import { compareViews } from './compareViews.ts'
import { type DirectionName, directions } from './direction.ts'
import { engineScript } from './engineScript.ts'
import { mails } from './mails.ts'
import type { OpenLine, Side } from './side.ts'
import { startSides, type World } from './sides.ts'

export interface SceneOptions {
  readonly direction: DirectionName
  readonly seed: number
  /** In each of the two mailboxes. */
  readonly messages: number
  /** Each direction of each server's line: the slower it is, the more of a migration a kill can meet. */
  readonly bytesPerSecond: number
  /** Messages beside them in the first mailbox, and in every third delivery to it, with an attachment that goes to Office 365 in an upload session. None unless said. */
  readonly large?: number
  readonly faults?: Omit<Faults, 'seed'>
}

/**
 * What happens when a migration came to its end: owners work in their mailboxes and new mail comes; or the state of the migration is reset so that the next run has
 * to adopt what is there, and new mail comes. What is adopted isn't changed any more, so nobody works after that.
 */
export type Between = 'work' | 'adopt'

/** Two servers behind slow lines, two mailboxes to move, and a ledger. */
export interface Scene extends AsyncDisposable {
  /** The script of an engine, `engineChild`. */
  readonly engine: string
  readonly ledger: string
  readonly job: string
  readonly source: Side
  readonly target: Side
  /** To all servers that mail is read from or written to. */
  readonly lines: readonly Line[]
  /** Where a server is one of the sandbox's. */
  readonly world: World | undefined
  /** What happens between two migrations; different with each number. */
  pass(between: Between, number: number, messages: number): Promise<void>
  /** How many messages the source has now. */
  items(): Promise<number>
  /** What was lost, doubled or changed, in words; empty when both sides are equal. */
  differences(): Promise<string[]>
}

export async function startScene(options: SceneOptions): Promise<Scene> {
  const { direction: name, seed, bytesPerSecond, faults } = options
  const direction = directions[name]
  const isImap = direction.from === 'IMAP' && direction.to === 'IMAP'
  await using owned = new AsyncDisposableStack()
  const engine = await engineScript()
  const dir = owned.use(tempDir())
  const { source, target, world } = await startSides(direction, dir.path, owned)
  const [sourceLines, targetLines]: [Line[], Line[]] = [[], []]
  const openLines =
    (lines: Line[], ownSeed: number): OpenLine =>
    async to => {
      const line = owned.use(
        await startProxy({ to, roundTripMs: 4, bytesPerSecond, ...(faults && { faults: { ...faults, seed: ownSeed } }) }),
      )
      lines.push(line)
      return line
    }
  const ledger = join(dir.path, 'ledger.db')
  const fill = async (ownSeed: number, messages: number, large = 0): Promise<void> => {
    for (const index of source.addresses.keys()) {
      const chosen = ownSeed * 10 + index
      await source.fill(
        index,
        isImap ? corpus({ seed: chosen, messages, sizes: 'small' }) : mails(chosen, messages, index === 0 ? large : 0),
      )
    }
  }
  await fill(seed, options.messages, options.large)
  const { archives = false } = direction
  await definePlan({
    dir: dir.path,
    ledger,
    source,
    target,
    archives,
    before: [openLines(sourceLines, seed), openLines(targetLines, seed + 1)],
  })
  const kept = owned.move()
  return {
    engine,
    ledger,
    job: 'move',
    source,
    target,
    lines: [...sourceLines, ...targetLines],
    world,
    async pass(between, number, messages) {
      const random = seeded(seed * 1000 + number)
      if (between === 'work') for (const index of source.addresses.keys()) await source.work(index, random)
      if (between === 'adopt') {
        await using client = createLocalClient({ ledger, version: 'test' })
        await client.call('job.reset', { name: 'move', mode: 'adopt' })
      }
      await fill(seed + 1000 * number, messages, number % 3 === 0 ? options.large : 0)
    },
    async items() {
      const views = await Promise.all(source.addresses.map((_, index) => source.view(index, { print: sha256 })))
      return views.flatMap(view => [...view.values()]).reduce((sum, folder) => sum + folder.length, 0)
    },
    async differences() {
      const found: string[] = []
      for (const [index, address] of source.addresses.entries()) {
        const lost = isImap ? await bytewise(source, target, index) : await compare(index)
        found.push(...lost.filter(text => !wasDeleted.test(text)).map(text => `${address}: ${text}`))
      }
      return found
    },
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  }

  async function compare(index: number): Promise<string[]> {
    // The sandbox keeps the bytes it is given, and gives them back unless told otherwise.
    const keepsBytes = !direction.composesAnew && direction.from !== 'Office 365' && direction.to !== 'Office 365'
    const print = keepsBytes ? sha256 : contentOf
    const beside = direction.from !== 'IMAP' && direction.to !== 'IMAP'
    const [original, copy] = [await source.view(index, { print, beside }), await target.view(index, { print, beside })]
    return compareViews(original, copy)
  }
}

const bytewise = async (source: Side, target: Side, index: number): Promise<string[]> =>
  compareSnapshots(await snapshotOf(source, index), await snapshotOf(target, index))

const snapshotOf = ({ server, addresses }: Side, index: number) => {
  if (!server) throw new Error('no IMAP server')
  return snapshot(server, addresses[index] ?? '')
}

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

/** What was deleted on the target lies there, recoverably. */
const wasDeleted = /^(In-Place Archive\/)?(Deleted Items|Trash): (extra|folder)/

interface Planned {
  readonly dir: string
  readonly ledger: string
  readonly source: Side
  readonly target: Side
  readonly archives: boolean
  /** What opens the lines before each of them. */
  readonly before: readonly [OpenLine, OpenLine]
}

async function definePlan({ dir, ledger, source, target, archives, before }: Planned): Promise<void> {
  const connection = async (role: 'source' | 'target', side: Side, openLine: OpenLine) => {
    const { settings, secret } = await side.connect(openLine)
    writeFileSync(join(dir, `${role}.secret`), secret, { mode: 0o600 })
    return { name: role, role, secret: { file: `${role}.secret` }, ...settings }
  }
  const pairs = source.addresses.map((address, index) => ({ source: address, target: target.addresses[index] }))
  const plan = {
    connections: [await connection('source', source, before[0]), await connection('target', target, before[1])],
    jobs: [{ name: 'move', source: 'source', target: 'target', policy: 'mirror', archives, pairs }],
  }
  const file = join(dir, 'plan.json')
  writeFileSync(file, JSON.stringify(plan))
  await using client = createLocalClient({ ledger, version: 'test' })
  await client.call('plan.apply', { file })
}
