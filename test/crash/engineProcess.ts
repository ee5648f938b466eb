import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { dirname, join } from 'node:path'
import type { Scene } from './scene.ts'

/** Milliseconds: short, so that a suspended engine's pairs are soon taken over; long enough for a busy machine to renew it. */
export const leaseMs = 1500

export interface EngineProcess {
  readonly child: ChildProcess
  /** Resolves when it began to run the job, or ended before. */
  readonly running: Promise<void>
  /** 0 when all pairs are completed; undefined when it was killed. */
  readonly ended: Promise<number | undefined>
  /** All it said, for a failing test's message. */
  output(): string
  /** What its pairs were last known to be at: `copy`, or `verify`. */
  phase(): string
}

/** What an engine is started for: to migrate, or to remove what was written and forget it. */
export type Work = 'start' | 'remove'

export function startEngine({ engine, ledger, job }: Scene, lease = leaseMs, work: Work = 'start'): EngineProcess {
  const child = spawn('node', [engine, ledger, job, String(lease), work], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_COMPILE_CACHE: join(dirname(engine), 'cache') },
  })
  let said = ''
  const begun = Promise.withResolvers<void>()
  const hear = (text: string): void => {
    said += text
    if (said.includes('"event":"run"')) begun.resolve()
  }
  child.stdout.setEncoding('utf8').on('data', hear)
  child.stderr.setEncoding('utf8').on('data', hear)
  const ended = once(child, 'close').then(([code]): number | undefined => {
    begun.resolve()
    return typeof code === 'number' ? code : undefined
  })
  return { child, running: begun.promise, ended, output: () => said, phase: () => said.match(/.*"phase":"(\w+)"/s)?.[1] ?? 'start' }
}
