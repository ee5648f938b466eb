import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createLocalClient } from '../../src/engine/localClient.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/world.ts'
import { compareSnapshots } from '../support/compareSnapshots.ts'
import { corpus } from '../support/corpus.ts'
import { contentOf } from '../support/exchangeMailbox.ts'
import { type Faults, type Proxy as Line, startProxy } from '../support/proxy.ts'
import { seeded } from '../support/random.ts'
import { snapshot } from '../support/snapshot.ts'
import { tempDir } from '../support/tempDir.ts'
import { compareViews } from './compareViews.ts'
import { type DirectionName, directions } from './direction.ts'
import { exchangeSide } from './exchangeSide.ts'
import { startImapSide } from './imapSide.ts'
import { mails } from './mails.ts'
import type { Side } from './side.ts'

export interface SceneOptions {
  readonly direction: DirectionName
  readonly seed: number
  /** In each of the two mailboxes. */
  readonly messages: number
  /** Each direction of each server's line: the slower it is, the more of a migration a kill can meet. */
  readonly bytesPerSecond: number
  readonly faults?: Omit<Faults, 'seed'>
  /**
   * What happens whenever a migration came to its end: owners work in their mailboxes and new mail comes; or the state of the migration is reset so that the
   * next run has to adopt what is there, and new mail comes.
   */
  readonly between?: 'work' | 'adopt'
}

/** Two servers behind slow lines, two mailboxes to move, and a ledger. */
export interface Scene extends AsyncDisposable {
  readonly ledger: string
  readonly job: string
  readonly proxies: readonly [Line, Line]
  readonly sandbox: Sandbox | undefined
  /** What happens between two migrations; different with each number. */
  pass(number: number, messages: number): Promise<void>
  /** What was lost, doubled or changed, in words; empty when both sides are equal. */
  differences(): Promise<string[]>
}

export async function startScene(options: SceneOptions): Promise<Scene> {
  const { direction: name, seed, between = 'work', bytesPerSecond, faults } = options
  const direction = directions[name]
  const isImap = direction.from === 'IMAP' && direction.to === 'IMAP'
  await using owned = new AsyncDisposableStack()
  const dir = owned.use(tempDir())
  const sandbox = isImap
    ? undefined
    : owned.use(
        await startSandbox({
          people: 2,
          leaving: {
            organisation: {
              ...(direction.withoutStream && { release: 'Exchange2010' as const }),
              ...(direction.composesAnew && { regenerateMime: true }),
            },
          },
        }),
      )
  const side = async (role: 'leaving' | 'receiving'): Promise<Side> => {
    if (direction[role === 'leaving' ? 'from' : 'to'] === 'Exchange' && sandbox) return exchangeSide(sandbox[role])
    const bare = role === 'receiving' && direction.withoutExtensions
    return owned.use(await startImapSide(bare ? { capability: 'IMAP4rev1' } : {}))
  }
  const [source, target] = [await side('leaving'), await side('receiving')]
  const line = async (to: Side, ownSeed: number): Promise<Line> =>
    owned.use(await startProxy({ to, roundTripMs: 4, bytesPerSecond, ...(faults && { faults: { ...faults, seed: ownSeed } }) }))
  const proxies = [await line(source, seed), await line(target, seed + 1)] as const
  const ledger = join(dir.path, 'ledger.db')
  const fill = async (ownSeed: number, messages: number): Promise<void> => {
    for (const index of source.addresses.keys()) {
      const chosen = ownSeed * 10 + index
      await source.fill(index, isImap ? corpus({ seed: chosen, messages, sizes: 'small' }) : mails(chosen, messages))
    }
  }
  await fill(seed, options.messages)
  await definePlan({ dir: dir.path, ledger, source, target, proxies })
  const kept = owned.move()
  return {
    ledger,
    job: 'move',
    proxies,
    sandbox,
    async pass(number, messages) {
      const random = seeded(seed * 1000 + number)
      if (between === 'work') for (const index of source.addresses.keys()) await source.work(index, random)
      if (between === 'adopt') {
        await using client = createLocalClient({ ledger, version: 'test' })
        await client.call('job.reset', { name: 'move', mode: 'adopt' })
      }
      await fill(seed + 1000 * number, messages)
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
    const print = direction.composesAnew ? contentOf : sha256
    const beside = direction.from === 'Exchange' && direction.to === 'Exchange'
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
const wasDeleted = /^(Deleted Items|Trash): (extra|folder)/

interface Planned {
  readonly dir: string
  readonly ledger: string
  readonly source: Side
  readonly target: Side
  readonly proxies: readonly [Line, Line]
}

async function definePlan({ dir, ledger, source, target, proxies }: Planned): Promise<void> {
  const connection = (role: 'source' | 'target', side: Side, { port }: Line) => {
    const { settings, secret } = side.connection(port)
    writeFileSync(join(dir, `${role}.secret`), secret, { mode: 0o600 })
    return { name: role, role, secret: { file: `${role}.secret` }, ...settings }
  }
  const pairs = source.addresses.map((address, index) => ({ source: address, target: target.addresses[index] }))
  const plan = {
    connections: [connection('source', source, proxies[0]), connection('target', target, proxies[1])],
    jobs: [{ name: 'move', source: 'source', target: 'target', policy: 'mirror', pairs }],
  }
  const file = join(dir, 'plan.json')
  writeFileSync(file, JSON.stringify(plan))
  await using client = createLocalClient({ ledger, version: 'test' })
  await client.call('plan.apply', { file })
}
