import type { ImapServer } from '../../src/domain/connection.ts'
import { isError } from '../../src/domain/errors.ts'
import { signIn } from '../../src/servers/imap/connect.ts'
import { openImapSession } from '../../src/servers/imap/session.ts'
import type { Folder, MailSession } from '../../src/servers/mailServer.ts'
import { trustOf } from '../../src/servers/tls/trust.ts'
import { corpus } from '../support/corpus.ts'
import { type Dovecot, startDovecot } from '../support/dovecot.ts'
import { seedMailbox } from '../support/mailbox.ts'
import { startProxy } from '../support/proxy.ts'
import { floorCopy } from './floor.ts'

/*
 * node test/bench/wire.ts [MESSAGES] [real|small] [ROUND TRIP MS]: how far session.read → session.write is from the floor, without ledger and engine.
 */

const messages = Number(process.argv[2] ?? 5000)
const sizes = process.argv[3] === 'small' ? 'small' : 'real'
const roundTripMs = Number(process.argv[4] ?? 0)
const batch = { items: 100, bytes: 1_500_000, streamAbove: 4_000_000 }
const foldersAtOnce = 12
const signal = new AbortController().signal

type Place = { readonly host: string; readonly port: number }

const open = (place: Place, user: string, password: string, connections: number): Promise<MailSession> => {
  const server: ImapServer = { ...place, tls: 'none', allowPlaintext: true }
  const credentials = async () => ({ method: 'password', user, password }) as const
  const connect = () => signIn({ server, trust: trustOf(server), credentials }, { signal })
  return openImapSession({ host: place.host, mailbox: user, connect }, { signal, connections })
}

async function copy(from: Place, to: Place, user: string, connections: number): Promise<void> {
  const [source, target] = await Promise.all([open(from, 'a', 'a', connections), open(to, user, 'b', connections)])
  await using _source = source
  await using _target = target
  const folders = await source.folders()
  await target.folders()
  const made = await target.ensureFolders(
    folders.map(({ path, subscribed }) => ({ path, subscribe: subscribed })),
    signal,
  )
  const tasks = folders.map((folder, index) => ({ folder, into: made[index] })).sort((a, b) => b.folder.count - a.folder.count)
  const next = tasks.values()
  await Promise.all(
    Array.from({ length: foldersAtOnce }, async () => {
      for (const { folder, into } of next) {
        if (into && !isError(into)) await copyFolder(source, target, folder, into as Folder)
      }
    }),
  )
}

async function copyFolder(source: MailSession, target: MailSession, folder: Folder, into: Folder): Promise<void> {
  for await (const { items } of source.scan(folder, { signal })) {
    const infos = new Map(items.map(item => [item.key, item]))
    const writes: Promise<unknown>[] = []
    const sizeOf = (key: number | string) => infos.get(key)?.size
    for await (const read of source.read(folder, [...infos.keys()], { signal, format: 'rfc822', batch, sizeOf })) {
      const outgoing = read.flatMap(item => {
        const info = infos.get(item.key)
        if (!('content' in item) || !info) throw new Error('not read')
        return [{ info, format: item.format, content: item.content }]
      })
      writes.push(
        target.write(into, outgoing, { signal, deadline: () => Number.POSITIVE_INFINITY }).then(results => {
          for (const result of results) if (result.state !== 'written' || result.key === undefined) throw new Error(JSON.stringify(result))
        }),
      )
      const streamed = read.some(item => 'content' in item && 'stream' in item.content)
      while (writes.length > (streamed ? 0 : 1)) await writes.shift()
    }
    await Promise.all(writes)
  }
}

/** Wall and processor milliseconds. */
type Cost = readonly [wall: number, cpu: number]

async function costOf(work: () => Promise<unknown>): Promise<Cost> {
  const before = process.cpuUsage()
  const start = performance.now()
  await work()
  const wall = performance.now() - start
  const { user, system } = process.cpuUsage(before)
  return [wall, (user + system) / 1000]
}

const median = (numbers: readonly number[]): number => numbers.toSorted((one, other) => one - other)[numbers.length >> 1] ?? Number.NaN

await using a: Dovecot = await startDovecot({ users: { a: 'a' } })
await using b: Dovecot = await startDovecot({ anyUser: 'b' })
await seedMailbox(a, 'a', corpus({ seed: 1, messages, sizes }))
await using slowA = roundTripMs > 0 ? await startProxy({ to: a, roundTripMs }) : undefined
await using slowB = roundTripMs > 0 ? await startProxy({ to: b, roundTripMs }) : undefined
const from = { host: '127.0.0.1', port: slowA?.port ?? a.port }
const to = { host: '127.0.0.1', port: slowB?.port ?? b.port }

const works = {
  floor: (user: string) => floorCopy({ ...from, user: 'a', password: 'a' }, { ...to, user, password: 'b' }),
  'session, 2 wires': (user: string) => copy(from, to, user, 2),
  'session, 4 wires': (user: string) => copy(from, to, user, 4),
}
const costs = new Map<string, Cost[]>()
for (let round = 0; round < 5; round++) {
  for (const [index, [name, work]] of Object.entries(works).entries()) {
    costs.set(name, [...(costs.get(name) ?? []), await costOf(() => work(`u${round}.${index}`))])
  }
}
const [floor = Number.NaN] = [...costs.values()].map(rounds => median(rounds.map(([wall]) => wall)))
for (const [name, rounds] of costs) {
  const [wall, cpu] = [median(rounds.map(([wall]) => wall)), median(rounds.map(([, cpu]) => cpu))]
  console.log(
    `${name.padEnd(18)} ${wall.toFixed(0).padStart(6)} ms wall ${cpu.toFixed(0).padStart(6)} ms CPU  ${(wall / floor).toFixed(2)} of the floor's`,
  )
}
