// npm run test:crash -- --kills 100 --seed 1 --direction "IMAP to Exchange": the long form of the crash test, with all it did told at the end.
import { appendFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { type DirectionName, directionNames } from './direction.ts'
import { killAtRandom, runToEnd } from './killAtRandom.ts'
import { type SceneOptions, startScene } from './scene.ts'

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    /** In each of the two mailboxes at first; a quarter of them with each delivery. */
    messages: { type: 'string', default: '20' },
    /** One of `directionNames`; may be repeated. Default: all. */
    direction: { type: 'string', multiple: true, default: [...directionNames] },
    /** A file that gets a line for each direction: its name, kills, items, what was lost, what was doubled, seconds. */
    results: { type: 'string' },
  },
})
const [seed, messages, kills] = [Number(values.seed), Number(values.messages), Number(values.kills)]
const unknown = values.direction.find(name => !directionNames.some(known => known === name))
if (unknown !== undefined) throw new Error(`“${unknown}” is none of ${directionNames.join(', ')}`)

let differences = 0
for (const direction of directionNames.filter(name => values.direction.includes(name))) differences += await kill(direction)
console.log(differences === 0 ? `Seed ${seed}: nothing lost, nothing doubled.` : `${differences} differences.`)
process.exitCode = differences === 0 ? 0 : 1

/** Three quarters of the kills while mailboxes live on, one quarter while what was copied is forgotten and adopted again. */
async function kill(direction: DirectionName): Promise<number> {
  const began = performance.now()
  const setting = { direction, seed, messages, large: 1, bytesPerSecond: 20_000_000 }
  const wholeMs = await measure(setting)
  await using scene = await startScene(setting)
  const adopting = Math.floor(kills / 4)
  const seconds = () => Math.round((performance.now() - began) / 1000)
  const onKill = (killed: number): void => {
    if (killed % 10 === 0) console.log(`${direction}: killed ${killed} times in ${seconds()} s`)
  }
  const { ends, met } = await killAtRandom(scene, { seed, kills, adopting, wholeMs, delivery: Math.ceil(messages / 4), onKill })
  const [found, items] = [await scene.differences(), await scene.items()]
  const line = [
    direction,
    `${kills} kills`,
    `${items} items`,
    `${count(found, 'missing')} lost`,
    `${count(found, 'extra')} doubled`,
    `${seconds()} s`,
  ]
  console.log(
    `${line.join('; ')}; ${found.length} differences; ${ends} migrations came to their end between kills, ${Math.round(wholeMs)} ms undisturbed`,
  )
  console.log(
    `  met: ${[...met]
      .sort(([, a], [, b]) => b - a)
      .map(([what, times]) => `${what} ${times}`)
      .join(', ')}`,
  )
  for (const text of found.slice(0, 20)) console.log(`  ${text}`)
  if (values.results !== undefined) appendFileSync(values.results, `${line.join('\t')}\n`)
  return found.length
}

/** Messages of which a comparison says so; it counts equal ones together, or tells one by one. */
function count(found: readonly string[], what: 'missing' | 'extra'): number {
  return found.reduce((sum, text) => {
    const [told, number] = new RegExp(`: ${what} (?:(\\d+) ×)?`).exec(text) ?? []
    return told === undefined ? sum : sum + Number(number ?? 1)
  }, 0)
}

/** Milliseconds that the same migration takes undisturbed. */
async function measure(setting: SceneOptions): Promise<number> {
  await using scene = await startScene(setting)
  return await runToEnd(scene)
}
