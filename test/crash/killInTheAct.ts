import { setTimeout as sleep } from 'node:timers/promises'
import { endLease } from './endLease.ts'
import { type EngineProcess, startEngine, type Work } from './engineProcess.ts'
import { longLease } from './killAtRandom.ts'
import type { Scene } from './scene.ts'
import type { Held } from './side.ts'

/** Milliseconds for a server to do what reached it. */
const doing = 150

/** Kills an engine that writes its first items: the target does what it was asked, and nobody hears of it. */
export async function killInTheAct(scene: Scene): Promise<void> {
  const code = await killOnceAsked(scene, startEngine(scene, longLease), scene.target.holdAnswers())
  if (code !== undefined) throw new Error(`the engine ended with ${code} before it could be killed`)
}

/**
 * Kills engines at one request to the target after the other, each done and not answered: the first at its first request, the next at its `stride`th after that, and
 * so on, until one has no more requests than that and comes to its end. Answers how many were killed.
 */
export async function killAtEach(
  scene: Scene,
  { stride, work = 'start' }: { readonly stride: number; readonly work?: Work },
): Promise<number> {
  for (let kills = 0; ; kills++) {
    const engine = startEngine(scene, longLease, work)
    const code = await killOnceAsked(scene, engine, scene.target.holdAnswers(kills * stride))
    if (code === 0) return kills
    if (code !== undefined) throw new Error(`the engine ended with ${code}:\n${engine.output().slice(-4000)}`)
  }
}

/** Answers the code of an engine that ended before. */
async function killOnceAsked(scene: Scene, engine: EngineProcess, held: Held): Promise<number | undefined> {
  while (!held.asked() && engine.child.exitCode === null) await sleep(1)
  await sleep(doing)
  engine.child.kill('SIGKILL')
  const code = await engine.ended
  held.release()
  await endLease(scene, engine.child.pid)
  return code
}
