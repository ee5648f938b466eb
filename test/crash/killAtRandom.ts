import { setTimeout as sleep } from 'node:timers/promises'
import { seeded } from '../support/random.ts'
import { endLease } from './endLease.ts'
import { startEngine } from './engineProcess.ts'
import type { Scene } from './scene.ts'

export interface KillOptions {
  readonly seed: number
  readonly kills: number
  /** So many of them, the last ones, while what was copied is forgotten and adopted again and again. Default: none. */
  readonly adopting?: number
  /** Milliseconds that the first migration takes when nobody disturbs it. */
  readonly wholeMs: number
  /** New mail in each mailbox when a migration came to its end between kills. */
  readonly delivery: number
  /** Told the number of each kill. */
  readonly onKill?: (kills: number) => void
}

export interface KillResult {
  readonly kills: number
  /** How often a migration came to its end before it could be killed, and life went on in the mailboxes. */
  readonly ends: number
  /** How many of the kills met what: the phase of the run, and what the target was last asked to do. */
  readonly met: ReadonlyMap<string, number>
}

/** Milliseconds. A killed engine's lease is ended by hand, and no other is to run out because the machine is busy. */
export const longLease = 30_000

/**
 * Kills engines at random instants of their work and starts others, until they were killed often enough; the last one is left to finish. The instants are spread
 * over the time that the work takes, which is that of the engine that took longest in the migration before.
 */
export async function killAtRandom(
  scene: Scene,
  { seed, kills, adopting = 0, wholeMs, delivery, onKill }: KillOptions,
): Promise<KillResult> {
  const random = seeded(seed)
  const met = new Map<string, number>()
  let killed = 0
  let ends = 0
  let [whole, longest] = [wholeMs, 0]
  while (killed < kills) {
    const engine = startEngine(scene, longLease)
    await engine.running
    const began = performance.now()
    await Promise.race([sleep(random.next() * whole), engine.ended])
    const at = `${engine.phase()} ${scene.target.lastAsked() ?? ''}`.trim()
    engine.child.kill('SIGKILL')
    const code = await engine.ended
    longest = Math.max(longest, performance.now() - began)
    if (code === undefined) {
      killed++
      onKill?.(killed)
      met.set(at, (met.get(at) ?? 0) + 1)
      await endLease(scene, engine.child.pid)
    } else if (code === 0) {
      await scene.pass(killed < kills - adopting ? 'work' : 'adopt', ++ends, delivery)
      whole = longest
      longest = 0
    } else throw new Error(`the engine ended with ${code}:\n${engine.output().slice(-4000)}`)
  }
  await runToEnd(scene)
  return { kills: killed, ends, met }
}

/** Lets an engine work undisturbed; answers the milliseconds it took. */
export async function runToEnd(scene: Scene): Promise<number> {
  const engine = startEngine(scene, longLease)
  await engine.running
  const began = performance.now()
  const code = await engine.ended
  if (code !== 0) throw new Error(`the engine ended with ${code}:\n${engine.output().slice(-4000)}`)
  return performance.now() - began
}
