// npm run test:crash -- --kills 100 --seed 1 --direction "IMAP to Exchange": the long form of the crash test, with all it did told at the end.
import { parseArgs } from 'node:util'
import { type DirectionName, directionNames } from './direction.ts'
import { killAtRandom } from './killAtRandom.ts'
import { startScene } from './scene.ts'

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    messages: { type: 'string', default: '600' },
    /** One of `directionNames`; may be repeated. Default: all. */
    direction: { type: 'string', multiple: true, default: [...directionNames] },
  },
})
const seed = Number(values.seed)
const messages = Number(values.messages)
const unknown = values.direction.find(name => !directionNames.some(known => known === name))
if (unknown !== undefined) throw new Error(`“${unknown}” is none of ${directionNames.join(', ')}`)

/** Three quarters while mailboxes live on, one quarter while what was copied is forgotten and adopted again. */
const parts = (kills: number) =>
  [
    { between: 'work', kills: kills - Math.floor(kills / 4) },
    { between: 'adopt', kills: Math.floor(kills / 4) },
  ] as const

let lost = 0
let killed = 0
for (const direction of directionNames.filter(name => values.direction.includes(name))) {
  for (const part of parts(Number(values.kills))) lost += await kill(direction, part)
}
console.log(lost === 0 ? `Killed ${killed} times (seed ${seed}): nothing lost, nothing doubled.` : `${lost} differences.`)
process.exitCode = lost === 0 ? 0 : 1

async function kill(direction: DirectionName, { between, kills }: ReturnType<typeof parts>[number]): Promise<number> {
  const began = performance.now()
  await using scene = await startScene({ direction, between, seed, messages, bytesPerSecond: 1_500_000 })
  const result = await killAtRandom(scene, { seed, kills, longestMs: 2500, delivery: Math.ceil(messages / 4) })
  const differences = await scene.differences()
  killed += result.kills
  console.log(
    `${direction}, ${between}: killed ${result.kills} times, came to its end ${result.ends} times in between;`,
    `${differences.length} differences; ${Math.round((performance.now() - began) / 1000)} s`,
  )
  for (const line of differences.slice(0, 20)) console.log(`  ${line}`)
  return differences.length
}
