import { setTimeout as sleep } from 'node:timers/promises'
import { seeded } from '../support/random.ts'
import { startEngine } from './engineProcess.ts'
import type { Scene } from './scene.ts'

export interface KillOptions {
  readonly seed: number
  readonly kills: number
  /** Longest time an engine is left to work before it is killed. */
  readonly longestMs: number
  /** New mail in each mailbox when a migration came to its end between kills. */
  readonly delivery: number
  /** Servers may fail so often that a migration ends without having come to its end. */
  readonly mayFail?: boolean
  readonly onKill?: (kills: number) => void
}

export interface KillResult {
  readonly kills: number
  /** How often a migration came to its end before it could be killed, and life went on in the mailboxes. */
  readonly ends: number
}

/** Kills engines at random instants of their work and starts others, until they were killed often enough; the last one is left to finish. */
export async function killAtRandom(
  scene: Scene,
  { seed, kills, longestMs, delivery, mayFail = false, onKill }: KillOptions,
): Promise<KillResult> {
  const random = seeded(seed)
  let killed = 0
  let ends = 0
  while (killed < kills) {
    const engine = startEngine(scene)
    await engine.running
    // One in four is left to finish, so that others meet what comes later in a mailbox's life.
    if (random.next() < 0.25) await engine.ended
    else await Promise.race([sleep(random.between(0, longestMs)), engine.ended])
    engine.child.kill('SIGKILL')
    const code = await engine.ended
    if (code === undefined) {
      killed++
      onKill?.(killed)
    } else if (code === 0) await scene.pass(++ends, delivery)
    else if (!mayFail) throw new Error(`the engine ended with ${code}:\n${engine.output().slice(-4000)}`)
  }
  for (let runs = 1; ; runs++) {
    const last = startEngine(scene)
    const code = await last.ended
    if (code === 0) break
    if (!mayFail || runs === 8) throw new Error(`the last engine ended with ${code}:\n${last.output().slice(-4000)}`)
  }
  return { kills: killed, ends }
}
