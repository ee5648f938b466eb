// npm run test:crash -- --kills 100 --seed 1: the long form of the crash test, with all it did told at the end.
import { parseArgs } from 'node:util'
import type { DovecotOptions } from '../support/dovecotConfig.ts'
import { killAtRandom } from './killAtRandom.ts'
import { startScene } from './scene.ts'

const { values } = parseArgs({ options: { kills: { type: 'string', default: '100' }, seed: { type: 'string', default: '1' } } })
const seed = Number(values.seed)
const kills = Number(values.kills)

/** Two thirds on servers with all their extensions, one third on a target with none. */
const parts: readonly { readonly name: string; readonly kills: number; readonly target: DovecotOptions }[] = [
  { name: 'all extensions', kills: kills - Math.floor(kills / 3), target: {} },
  { name: 'no extension on the target', kills: Math.floor(kills / 3), target: { capability: 'IMAP4rev1' } },
]

let lost = 0
for (const [index, part] of parts.entries()) {
  const began = performance.now()
  await using scene = await startScene({ seed: seed + index, messages: 1200, bytesPerSecond: 1_500_000, target: part.target })
  const onKill = (killed: number): void => void process.stdout.write(`\r${part.name}: killed ${killed} of ${part.kills} `)
  const result = await killAtRandom(scene, { seed: seed + index, kills: part.kills, longestMs: 2500, delivery: 400, onKill })
  const differences = await scene.differences()
  lost += differences.length
  const seconds = Math.round((performance.now() - began) / 1000)
  const times = result.deliveries === 1 ? 'once' : `${result.deliveries} times`
  console.log(
    `\n  ${seconds} s; new mail was delivered ${times} in between; ${differences.length} differences between the two sides at the end.`,
  )
  for (const line of differences.slice(0, 20)) console.log(`  ${line}`)
}
console.log(lost === 0 ? `Killed ${kills} times (seed ${seed}): nothing lost, nothing doubled.` : `${lost} differences.`)
process.exitCode = lost === 0 ? 0 : 1
