import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createLocalClient } from '../../src/engine/localClient.ts'
import { compareSnapshots } from '../support/compareSnapshots.ts'
import { corpus } from '../support/corpus.ts'
import { type Dovecot, startDovecot } from '../support/dovecot.ts'
import type { DovecotOptions } from '../support/dovecotConfig.ts'
import { seedMailbox } from '../support/mailbox.ts'
import { type Faults, type Proxy as Line, startProxy } from '../support/proxy.ts'
import { snapshot } from '../support/snapshot.ts'
import { tempDir } from '../support/tempDir.ts'

export interface SceneOptions {
  readonly seed: number
  /** In each of the two mailboxes. */
  readonly messages: number
  readonly target?: DovecotOptions
  readonly source?: DovecotOptions
  /** Each direction of each server's line: the slower it is, the more of a migration a kill can meet. */
  readonly bytesPerSecond: number
  readonly faults?: Omit<Faults, 'seed'>
}

/** Two servers behind slow lines, two mailboxes to move, and a ledger. */
export interface Scene extends AsyncDisposable {
  readonly ledger: string
  readonly job: string
  readonly proxies: readonly [Line, Line]
  /** Puts new mail into both source mailboxes; different with each number. */
  deliver(number: number, messages: number): Promise<void>
  /** What was lost, doubled or changed, in words; empty when both sides are equal. */
  differences(): Promise<string[]>
}

const users = { anna: 'secret', ben: 'secret' }

export async function startScene(options: SceneOptions): Promise<Scene> {
  const stack = new AsyncDisposableStack()
  const dir = stack.use(tempDir())
  const source = stack.use(await startDovecot({ users, ...options.source }))
  const target = stack.use(await startDovecot({ users, ...options.target }))
  const line = async (server: Dovecot, seed: number): Promise<Line> => {
    const { bytesPerSecond, faults } = options
    return stack.use(await startProxy({ to: server, roundTripMs: 4, bytesPerSecond, ...(faults && { faults: { ...faults, seed } }) }))
  }
  const proxies = [await line(source, options.seed), await line(target, options.seed + 1)] as const
  const ledger = join(dir.path, 'ledger.db')
  const fill = async (seed: number, messages: number): Promise<void> => {
    for (const [index, user] of Object.keys(users).entries()) {
      await seedMailbox(source, user, corpus({ seed: seed * 10 + index, messages, sizes: 'small' }))
    }
  }
  await fill(options.seed, options.messages)
  await definePlan(dir.path, ledger, proxies)
  return {
    ledger,
    job: 'move',
    proxies,
    deliver: (number, messages) => fill(options.seed + 1000 * number, messages),
    async differences() {
      const found: string[] = []
      for (const user of Object.keys(users)) {
        const lost = compareSnapshots(await snapshot(source, user), await snapshot(target, user))
        found.push(...lost.map(line => `${user}: ${line}`))
      }
      return found
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

async function definePlan(dir: string, ledger: string, [source, target]: readonly [Line, Line]): Promise<void> {
  const rows = Object.entries(users).map(([user, password]) => `${user},${user},${password}`)
  writeFileSync(join(dir, 'passwords.csv'), `mailbox,user,password\n${rows.join('\n')}\n`, { mode: 0o600 })
  const connection = (name: 'source' | 'target', { host, port }: Line) => ({
    name,
    role: name,
    kind: 'imap',
    server: { host, port, tls: 'none', allowPlaintext: true },
    signIn: { method: 'mailbox' },
    secret: { file: 'passwords.csv' },
  })
  const plan = {
    connections: [connection('source', source), connection('target', target)],
    jobs: [{ name: 'move', source: 'source', target: 'target', pairs: Object.keys(users).map(user => ({ source: user })) }],
  }
  const file = join(dir, 'plan.json')
  writeFileSync(file, JSON.stringify(plan))
  await using client = createLocalClient({ ledger, version: 'test' })
  await client.call('plan.apply', { file })
}
