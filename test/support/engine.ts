import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import manifest from '../../package.json' with { type: 'json' }
import type { EngineClient } from '../../src/editor/engineClient.ts'
import { type EngineOptions, startEngine } from '../../src/editor/startEngine.ts'
import type { LedgerChanges } from '../../src/rpc/notifications.ts'
import { builtFolder } from './cli.ts'

/** Disposing of it ends every engine it had, whatever that does. */
export interface Window extends Disposable {
  readonly engine: EngineClient
  /** Secrets by the connection's id, as SecretStorage would have them. */
  readonly secrets: Map<string, string>
  readonly log: string
  /** Everything that was told of the ledger. */
  readonly changes: LedgerChanges[]
  pid(): number
}

export interface WindowOptions extends Partial<EngineOptions> {
  /** Of the engine's leases, in milliseconds. */
  readonly leaseMs?: number
}

/** An editor's window on a ledger in `folder`, as far as its engine can tell: a forked process of the bundle. */
export function openWindow(folder: string, name: string, { leaseMs = 3000, ...options }: WindowOptions = {}): Window {
  const secrets = new Map<string, string>()
  const changes: LedgerChanges[] = []
  const log = join(folder, `${name}.log`)
  const engine = startEngine({
    bundle: join(builtFolder(), 'engine.js'),
    version: manifest.version,
    storage: join(folder, 'storage'),
    log,
    ledger: join(folder, 'ledger.db'),
    args: ['--lease-ms', String(leaseMs), '--take-over-after', '500'],
    async secretOf(connection) {
      const text = secrets.get(connection)
      return text === undefined ? null : { text, givenAt: Date.now() }
    },
    ...options,
  })
  const pids: number[] = []
  engine.onState(state => state.state === 'running' && pids.push(state.pid))
  engine.onDidChange(change => changes.push(change))
  return {
    engine,
    secrets,
    log,
    changes,
    pid() {
      if (engine.state.state !== 'running') throw new Error(`the engine is ${engine.state.state}`)
      return engine.state.pid
    },
    [Symbol.dispose]() {
      engine.dispose()
      // One that still runs a job would outlive the test.
      for (const pid of pids) if (isAlive(pid)) process.kill(pid, 'SIGKILL')
    },
  }
}

/** Waits until it is so, looking ten times a second; fails with `what` after `within` milliseconds. */
export async function until(what: string, within: number, isSo: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + within
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`not within ${within} ms: ${what}`)
    await sleep(100)
  }
}

export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
