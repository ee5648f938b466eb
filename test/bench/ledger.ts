import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import { openLedger } from '../../src/ledger/openLedger.ts'
import { fillLedger } from './ledgerFill.ts'
import { measureLedger } from './ledgerMeasure.ts'

const usage = `npm run bench -- ledger [-- options]
  --pairs N   mailboxes. Default: 10000
  --items N   items of each, in ten folders. Default: 1000
  --dir DIR   where the ledger lies: a real disk, for durability has its price. Default: ${tmpdir()}
  --out FILE  Default: bench/ledger.json`

const { values } = parseArgs({
  options: {
    pairs: { type: 'string', default: '10000' },
    items: { type: 'string', default: '1000' },
    dir: { type: 'string', default: tmpdir() },
    out: { type: 'string', default: join(import.meta.dirname, '../../bench/ledger.json') },
    help: { type: 'boolean', default: false },
  },
})
if (values.help) {
  console.log(usage)
  process.exit(0)
}

const size = { pairs: Number(values.pairs), items: Number(values.items) }
const dir = mkdtempSync(join(values.dir, 'mailferry-bench-ledger-'))
process.once('exit', () => rmSync(dir, { recursive: true, force: true }))
const path = join(dir, 'ledger.db')

const delay = monitorEventLoopDelay({ resolution: 2 })
delay.enable()
const ledger = await openLedger(path)
const filled = await fillLedger(ledger, size, line => console.error(line))
delay.disable()
const stall = { p99: delay.percentile(99) / 1e6, max: delay.max / 1e6 }
await ledger[Symbol.asyncDispose]()

const measured = await measureLedger(path, filled)
const { size: bytes } = statSync(path)
const figures = {
  'pairs added, all in one transaction: ms': filled.addPairsMs,
  'items intended and done: per second': (size.pairs * size.items) / (filled.writeMs / 1000),
  'event loop held up meanwhile, 99th percentile: ms': stall.p99,
  'event loop held up meanwhile, longest: ms': stall.max,
  'ledger: bytes per item': bytes / (size.pairs * size.items),
  ...measured,
  'peak memory: MB': process.resourceUsage().maxRSS / 1024,
}
for (const [name, value] of Object.entries(figures)) console.log(`${name.padEnd(70)} ${value.toFixed(value < 10 ? 2 : 0).padStart(10)}`)
mkdirSync(dirname(values.out), { recursive: true })
const result = { at: new Date().toISOString(), machine: { processors: cpus().length, node: process.version }, size, figures }
writeFileSync(values.out, `${JSON.stringify(result, null, 2)}\n`)
