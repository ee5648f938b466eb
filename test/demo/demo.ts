import { mkdirSync, mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { exitCodes } from '../../src/domain/exitCodes.ts'
import { runDemo } from './runDemo.ts'
import { createScreen } from './screen.ts'

/** So that everybody's inbox has something to flag and to move. */
const fewest = 10

const usage = `npm run demo -- [options]
  --people N    how many mailboxes. Default: 10
  --messages N  messages in each of them, on average; at least ${fewest}. Default: 250
  --dir DIR     where the plan, the ledger and the report go; empty, or made. Default: a new folder in ${tmpdir()}
  --cli FILE    the built command line. Default: dist/cli.js
  --damage      delete a message on the new server before the comparison, to see that it is noticed`

const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '10' },
    messages: { type: 'string', default: '250' },
    dir: { type: 'string' },
    cli: { type: 'string', default: join(import.meta.dirname, '../../dist/cli.js') },
    damage: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})
const [people, messages] = [Number(values.people), Number(values.messages)]

if (values.help) console.log(usage)
else if (Number.isInteger(people) && people >= 1 && Number.isInteger(messages) && messages >= fewest) process.exitCode = await demo()
else {
  console.error(usage)
  process.exitCode = exitCodes.usage
}

async function demo(): Promise<number> {
  const began = Date.now()
  const stop = new AbortController()
  // A terminal's Ctrl-C comes twice, from the terminal and from npm.
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => stop.abort())
  const screen = createScreen(process.stdout)
  const dir = values.dir === undefined ? mkdtempSync(join(tmpdir(), 'mailferry-demo-')) : resolve(values.dir)
  mkdirSync(dir, { recursive: true })
  if (readdirSync(dir).length > 0) {
    console.error(`${dir} isn’t empty.`)
    return exitCodes.usage
  }
  try {
    const equal = await runDemo({ people, messages, dir, cli: resolve(values.cli), damage: values.damage }, screen, stop.signal)
    const seconds = Math.round((Date.now() - began) / 1000)
    screen.say('', `Took ${seconds} seconds; both servers are stopped. The report: ${join(dir, 'move-report.html')}`)
    screen.say(equal ? 'Everything was proven equal.' : 'NOT EQUAL: the differences are listed above.')
    return equal ? exitCodes.ok : 1
  } catch (error) {
    screen.say(
      '',
      stop.signal.aborted ? 'Stopped; both servers too.' : `The demo failed: ${error instanceof Error ? error.message : error}`,
    )
    return stop.signal.aborted ? exitCodes.stopped : 1
  }
}
