import { mkdirSync, mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { exitCodes } from '../../src/domain/exitCodes.ts'
import { exchangeDemo } from './exchange/exchangeDemo.ts'
import { imapDemo } from './imap/imapDemo.ts'
import { office365Demo } from './office365/office365Demo.ts'
import { createScreen } from './screen.ts'
import type { Story } from './story.ts'

/** So that everybody's inbox has something to flag and to move. */
const fewest = 10

const stories = {
  exchange: { story: exchangeDemo, people: 10, messages: 250 },
  office365: { story: office365Demo, people: 4, messages: 60 },
  imap: { story: imapDemo, people: 10, messages: 250 },
}

const usage = `npm run demo -- [exchange | office365 | imap] [options]
  exchange      two Exchange organisations of the sandbox, and a domain that moves between them; so unless said
  office365     from Exchange to Office 365, then between two tenants of Office 365; the domain moves each time
  imap          two IMAP servers: real ones, which need Dovecot on this machine
  --people N    how many mailboxes. Default: 10; for office365 4
  --messages N  messages in each of them, on average; at least ${fewest}. Default: 250; for office365 60
  --dir DIR     where the plan, the ledger and the report go; empty, or made. Default: a new folder in ${tmpdir()}
  --cli FILE    the built command line. Default: dist/cli.js
  --damage      delete a message on the new side before the comparison, to see that it is noticed`

const {
  values,
  positionals: [named = 'exchange', ...others],
} = parseArgs({
  allowPositionals: true,
  options: {
    people: { type: 'string' },
    messages: { type: 'string' },
    dir: { type: 'string' },
    cli: { type: 'string', default: join(import.meta.dirname, '../../dist/cli.js') },
    damage: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})
const chosen = others.length === 0 && Object.hasOwn(stories, named) ? stories[named as keyof typeof stories] : undefined
const [people, messages] = [Number(values.people ?? chosen?.people), Number(values.messages ?? chosen?.messages)]

if (values.help) console.log(usage)
else if (chosen !== undefined && Number.isInteger(people) && people >= 1 && Number.isInteger(messages) && messages >= fewest)
  process.exitCode = await demo(chosen.story)
else {
  console.error(usage)
  process.exitCode = exitCodes.usage
}

async function demo(story: Story): Promise<number> {
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
    const equal = await story({ people, messages, dir, cli: resolve(values.cli), damage: values.damage }, screen, stop.signal)
    const seconds = Math.round((Date.now() - began) / 1000)
    screen.say('', `Took ${seconds} seconds; the servers are stopped. Plan, ledger and report lie in ${dir}`)
    screen.say(equal ? 'Everything was proven equal.' : 'NOT EQUAL: the differences are listed above.')
    return equal ? exitCodes.ok : 1
  } catch (error) {
    screen.say('', stop.signal.aborted ? 'Stopped; the servers too.' : `The demo failed: ${error instanceof Error ? error.message : error}`)
    return stop.signal.aborted ? exitCodes.stopped : 1
  }
}
