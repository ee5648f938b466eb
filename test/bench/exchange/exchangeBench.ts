// node test/bench/exchange/exchangeBench.ts [options]: requests, processor time and throughput of Mailferry and of ews-javascript-api doing the same work.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createLocalClient } from '../../../src/engine/localClient.ts'
import { tempDir } from '../../support/tempDir.ts'
import { type Measured, measure, median } from '../measure.ts'
import type { Answer, EndpointAccess, Order } from './messages.ts'
import { type ExchangeWork, type ExchangeWorkName, exchangeWorkNames, exchangeWorks } from './works.ts'

const root = join(import.meta.dirname, '../../..')
const copierNames = ['mailferry', 'library'] as const
type CopierName = (typeof copierNames)[number]

const { values } = parseArgs({
  options: {
    work: { type: 'string', multiple: true, default: [...exchangeWorkNames] },
    messages: { type: 'string', default: '1000' },
    rounds: { type: 'string', default: '3' },
    help: { type: 'boolean', default: false },
  },
})
if (values.help) {
  console.log(`npm run bench -- exchange [options]
  --work NAME     one of ${exchangeWorkNames.join(', ')}; may be repeated. Default: all
  --messages N    in the mailbox that is copied, more or less. Default: 1000
  --rounds N      whose median counts. Default: 3`)
  process.exit(0)
}

interface Round extends Measured {
  readonly items: number
  readonly requests: number
  readonly refused: number
  readonly peakConcurrency: number
}

interface Servers extends Disposable {
  readonly endpoints: readonly EndpointAccess[]
  ask(order: Order): Promise<Answer>
}

async function startServers({ release, throttling, roundTripMs }: ExchangeWork): Promise<Servers> {
  const child = fork(join(import.meta.dirname, 'servers.ts'))
  const ask = async (order: Order): Promise<Answer> => {
    child.send(order)
    const [answer] = (await once(child, 'message')) as [Answer]
    return answer
  }
  const own = { release, ...(throttling && { throttling }), ...(roundTripMs !== undefined && { roundTripMs }) }
  const started = await ask({ order: 'start', messages: Number(values.messages), ...own })
  if (started.answer !== 'started') throw new Error('the servers did not start')
  return { endpoints: started.endpoints, ask, [Symbol.dispose]: () => child.disconnect() }
}

/** Defines the job and verifies both connections beforehand; measured is the run alone. */
async function prepareMailferry(dir: string, endpoints: readonly EndpointAccess[]): Promise<string> {
  const ledger = join(dir, 'ledger.db')
  const connections = endpoints.map(({ url, fingerprint, admin, password }, index) => {
    const role = index === 0 ? 'source' : 'target'
    writeFileSync(join(dir, `${role}.secret`), `${password}\n`, { mode: 0o600 })
    const common = { name: role, role, kind: 'exchange', server: { url }, trust: { fingerprints: [fingerprint] } }
    return { ...common, admin: { user: admin, method: 'basic' }, secret: { file: `${role}.secret` } }
  })
  const [source, target] = endpoints.map(({ mailbox }) => mailbox)
  const plan = { connections, jobs: [{ name: 'move', source: 'source', target: 'target', pairs: [{ source, target }] }] }
  writeFileSync(join(dir, 'plan.json'), JSON.stringify(plan))
  await using client = createLocalClient({ ledger, version: 'bench' })
  await client.call('plan.apply', { file: join(dir, 'plan.json') })
  for (const name of ['source', 'target']) await client.call('connection.test', { name })
  return ledger
}

async function runOnce(copier: CopierName, servers: Servers): Promise<Round> {
  using dir = tempDir(tmpdir())
  await servers.ask({ order: 'begin' })
  const access = join(dir.path, 'access.json')
  writeFileSync(access, JSON.stringify(servers.endpoints), { mode: 0o600 })
  const ledger = copier === 'mailferry' ? await prepareMailferry(dir.path, servers.endpoints) : undefined
  const before = await servers.ask({ order: 'count' })
  const command =
    ledger === undefined
      ? (['node', join(import.meta.dirname, 'libraryCopier.ts'), access] as const)
      : (['node', join(root, 'dist', 'cli.js'), 'job', 'start', 'move', '--ledger', ledger] as const)
  const measured = await measure(command, dir.path)
  const after = await servers.ask({ order: 'count' })
  if (before.answer !== 'counted' || after.answer !== 'counted') throw new Error('nothing was counted')
  return {
    ...measured,
    items: ledger === undefined ? Number(values.messages) : await itemsOf(ledger),
    requests: after.requests - before.requests,
    refused: after.refused - before.refused,
    peakConcurrency: after.peakConcurrency,
  }
}

async function itemsOf(ledger: string): Promise<number> {
  await using client = createLocalClient({ ledger, version: 'bench' })
  return (await client.call('job.status', { name: 'move' })).counts.done
}

/** A line for each copier, medians of the rounds. */
function report(work: ExchangeWorkName, copier: CopierName, rounds: readonly Round[]): string {
  const of = (figure: (round: Round) => number): number => median(rounds.map(figure))
  const seconds = of(round => round.wallMs) / 1000
  const perThousand = of(round => (round.requests / round.items) * 1000)
  return [
    work.padEnd(17),
    copier.padEnd(10),
    `${seconds.toFixed(2)} s`,
    `${(of(round => round.items) / seconds).toFixed(0)} items/s`,
    `${perThousand.toFixed(0)} requests/1,000 items`,
    `${(of(round => round.cpuMs) / of(round => round.items)).toFixed(2)} ms CPU/item`,
    `${(of(round => round.peakMemory) / 1e6).toFixed(0)} MB`,
    `${of(round => round.refused)} refused`,
    `${of(round => round.peakConcurrency)} at once`,
    ...(rounds.some(({ exitCode }) => exitCode !== 0) ? [`ended with ${Math.max(...rounds.map(({ exitCode }) => exitCode))}`] : []),
  ].join('  ')
}

for (const work of exchangeWorkNames.filter(name => values.work.includes(name))) {
  console.log(exchangeWorks[work].what)
  using servers = await startServers(exchangeWorks[work])
  for (const copier of copierNames) {
    const rounds: Round[] = []
    for (let round = 0; round < Number(values.rounds); round++) rounds.push(await runOnce(copier, servers))
    console.log(report(work, copier, rounds))
  }
}
process.exit(0)
