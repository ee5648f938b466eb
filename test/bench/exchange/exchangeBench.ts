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
import type { Answer, Counted, EndpointAccess, Order } from './messages.ts'
import { type ExchangeWork, type ExchangeWorkName, exchangeWorkNames, workOf } from './works.ts'

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

interface Round extends Measured, Counted {}

interface Servers extends Disposable {
  readonly endpoints: readonly [EndpointAccess, EndpointAccess]
  ask(order: Order): Promise<Answer>
}

async function startServers({ what: _, ...own }: ExchangeWork): Promise<Servers> {
  const child = fork(join(import.meta.dirname, 'servers.ts'))
  const ask = async (order: Order): Promise<Answer> => {
    child.send(order)
    const [answer] = (await once(child, 'message')) as [Answer]
    return answer
  }
  const started = await ask({ order: 'start', messages: Number(values.messages), ...own })
  if (started.answer !== 'started') throw new Error('the servers did not start')
  return { endpoints: [started.source, started.target], ask, [Symbol.dispose]: () => child.disconnect() }
}

/** Defines the job and verifies both connections beforehand; measured is the run alone. */
async function prepareMailferry(dir: string, endpoints: Servers['endpoints']): Promise<string> {
  const ledger = join(dir, 'ledger.db')
  const connections = endpoints.map((endpoint, index) => connectionOf(dir, endpoint, index === 0 ? 'source' : 'target'))
  const [source, target] = endpoints.map(({ mailbox }) => mailbox)
  const plan = { connections, jobs: [{ name: 'move', source: 'source', target: 'target', pairs: [{ source, target }] }] }
  writeFileSync(join(dir, 'plan.json'), JSON.stringify(plan))
  await using client = createLocalClient({ ledger, version: 'bench' })
  await client.call('plan.apply', { file: join(dir, 'plan.json') })
  for (const [index, name] of ['source', 'target'].entries())
    if (endpoints[index]?.kind === 'exchange') await client.call('connection.test', { name })
  return ledger
}

function connectionOf(dir: string, endpoint: EndpointAccess, role: 'source' | 'target'): object {
  const file = `${role}.secret`
  const common = { name: role, role, kind: endpoint.kind }
  if (endpoint.kind === 'imap') {
    const { host, port, mailbox, password } = endpoint
    writeFileSync(join(dir, file), `mailbox,user,password\n${mailbox},${mailbox},${password}\n`, { mode: 0o600 })
    return { ...common, server: { host, port, tls: 'none', allowPlaintext: true }, signIn: { method: 'mailbox' }, secret: { file } }
  }
  writeFileSync(join(dir, file), `${endpoint.password}\n`, { mode: 0o600 })
  const { url, fingerprint, admin } = endpoint
  return {
    ...common,
    server: { url },
    trust: { fingerprints: [fingerprint] },
    admin: { user: admin, method: 'basic' },
    secret: { file },
  }
}

async function runOnce(copier: CopierName, servers: Servers): Promise<Round> {
  using dir = tempDir(tmpdir())
  const access = join(dir.path, 'access.json')
  writeFileSync(access, JSON.stringify(servers.endpoints), { mode: 0o600 })
  const command =
    copier === 'mailferry'
      ? ([
          'node',
          join(root, 'dist/cli.js'),
          'job',
          'start',
          'move',
          '--ledger',
          await prepareMailferry(dir.path, servers.endpoints),
        ] as const)
      : (['node', join(import.meta.dirname, 'libraryCopier.ts'), access] as const)
  await servers.ask({ order: 'begin' })
  const measured = await measure(command, dir.path)
  const counted = await servers.ask({ order: 'count' })
  if (counted.answer !== 'counted') throw new Error('nothing was counted')
  return { ...measured, ...counted }
}

const perSecond = ({ items, spanMs }: Round): number => items / (spanMs / 1000)

/** A line for each copier, medians of the rounds. */
function report(work: ExchangeWorkName, copier: CopierName, rounds: readonly Round[], peers: readonly Round[]): string {
  const of = (figure: (round: Round) => number): number => median(rounds.map(figure))
  const share = rounds.map(round => round.share).filter(one => one !== undefined)
  const ended = Math.max(...rounds.map(({ exitCode }) => exitCode))
  return [
    work.padEnd(17),
    copier.padEnd(10),
    `${of(round => round.items)} items`,
    `${(of(round => round.spanMs) / 1000).toFixed(2)} s (${(of(round => round.wallMs) / 1000).toFixed(2)} s with its start)`,
    `${of(perSecond).toFixed(0)} items/s`,
    ...(peers.length === 0 ? [] : [`${(of(perSecond) / median(peers.map(perSecond))).toFixed(2)}x the library`]),
    `${of(({ requests, items }) => (requests / items) * 1000).toFixed(0)} requests/1,000 items`,
    `${of(({ cpuMs, bytes }) => cpuMs / 1000 / (bytes / 1e9)).toFixed(1)} s CPU/GB`,
    `${(of(round => round.peakMemory) / 1e6).toFixed(0)} MB`,
    `${of(round => round.peakConcurrency)} at once`,
    `${of(round => round.refused)} refused`,
    ...(share.length === 0 ? [] : [`${(median(share) * 100).toFixed(1)} % of what the policy allows`]),
    // 10: with differences, as by MIME, which can't carry appointments.
    ...(ended === 0 ? [] : [`ended with ${ended}`]),
  ].join('  ')
}

for (const work of exchangeWorkNames.filter(name => values.work.includes(name))) {
  console.log(workOf(work).what)
  using servers = await startServers(workOf(work))
  const rounds: Record<CopierName, Round[]> = { mailferry: [], library: [] }
  // By turns, so that a busy machine is the same to both.
  for (let round = 0; round < Number(values.rounds); round++)
    for (const copier of copierNames) rounds[copier].push(await runOnce(copier, servers))
  console.log(report(work, 'mailferry', rounds.mailferry, rounds.library))
  console.log(report(work, 'library', rounds.library, []))
}
process.exit(0)
