import assert from 'node:assert/strict'
import type { Connection, ImapSettings } from '../../src/domain/connection.ts'
import { asConnectionId } from '../../src/domain/ids.ts'
import type { JobSettings } from '../../src/domain/job.ts'
import { listPairs } from '../../src/ledger/pairs.ts'
import { type DryRunTotal, dryRun } from '../../src/migration/dryRun.ts'
import { estimateMs } from '../../src/migration/estimate.ts'
import { findingText } from '../../src/migration/findingText.ts'
import type { PairForecast } from '../../src/migration/forecast.ts'
import { type Finding, preflight } from '../../src/migration/preflight.ts'
import { imapServer } from '../../src/servers/imap/imapServer.ts'
import { freshLedger, makeJob } from '../ledger/support.ts'
import { type Dovecot, startDovecot } from '../support/dovecot.ts'
import { type SeedMessage, seedMailbox } from '../support/mailbox.ts'
import { snapshot } from '../support/snapshot.ts'

const users = { anna: 'secret', ben: 'secret' }

describe('a dry run', () => {
  it('tells what would be copied, folder by folder, and changes nothing', async () => {
    await using servers = await startServers()
    const before = await snapshot(servers.target, 'anna')
    const { forecasts, total } = await look(servers, ['anna'])
    const [anna] = forecasts
    assert.deepEqual(
      anna?.folders.map(({ source, target, copy, exists }) => [source.join('/'), target?.join('/'), copy.items, exists]),
      [
        ['INBOX', 'INBOX', 30, true],
        ['Projects/2024', 'Projects/2024', 5, false],
        ['Spam', 'Spam', 3, false],
      ],
    )
    assert.equal(total.copy.items, 38)
    assert.equal(total.copy.bytes, anna?.copy.bytes)
    assert.ok(total.rate.measured)
    assert.ok(total.estimatedMs > 0)
    assert.deepEqual(await snapshot(servers.target, 'anna'), before)
    const { state } = (await listPairs(servers.ledger.db, servers.jobs[0] ?? raise())).at(0) ?? raise()
    assert.deepEqual(state, { state: 'new' })
  })

  it('counts what the filters leave out, by reason', async () => {
    await using servers = await startServers()
    const { total } = await look(servers, ['anna'], { filters: { receivedFrom: '2020-01-01', excludeFolders: ['Spam'] } })
    assert.equal(total.copy.items, 20)
    assert.deepEqual(Object.fromEntries(Object.entries(total.filtered).map(([reason, amount]) => [reason, amount.items])), {
      tooOld: 15,
      folderExcluded: 3,
    })
  })

  it('goes on with the other mailboxes where one does not open', async () => {
    await using servers = await startServers()
    await servers.target.removeUser('anna')
    const { forecasts, total } = await look(servers, ['anna', 'ben'])
    assert.equal(total.unopened, 1)
    assert.equal(forecasts.find(forecast => forecast.source === 'anna')?.error?.code, 'signIn.refused')
    assert.equal(forecasts.find(forecast => forecast.source === 'ben')?.copy.items, 0)
  })

  it('estimates by bytes or by messages, whichever is slower, and not above the limit', () => {
    const rate = { bytesPerSecond: 1_000_000, itemsPerSecond: 100, measured: true }
    assert.equal(estimateMs({ items: 100, bytes: 5_000_000 }, rate, {}), 5000)
    assert.equal(estimateMs({ items: 1000, bytes: 5_000_000 }, rate, {}), 10_000)
    assert.equal(estimateMs({ items: 100, bytes: 5_000_000 }, rate, { megabytesPerSecond: 0.5 }), 10_000)
  })
})

describe('a pre-flight', () => {
  it('finds nothing where nothing is in the way', async () => {
    await using servers = await startServers()
    assert.deepEqual(await findings(servers), [])
  })

  it('warns of filters that leave everything out, and of globs that match nothing', async () => {
    await using servers = await startServers()
    const found = await findings(servers, { filters: { receivedFrom: '2040-01-01', excludeFolders: ['Spamm'] } })
    assert.deepEqual(codes(found), ['filters.idleGlob', 'filters.everything'])
    assert.match(found.map(findingText).join(' '), /“Spamm” matches no folder.*35|38 messages/)
  })

  it('names messages that are larger than the target takes', async () => {
    await using servers = await startServers({ maxMessageSize: 100_000 })
    await seedMailbox(servers.source, 'anna', [{ path: ['INBOX'], messages: [{ body: `Subject: x\r\n\r\n${'x'.repeat(200_000)}\r\n` }] }])
    const found = await findings(servers)
    assert.deepEqual(codes(found), ['items.tooLarge'])
    assert.match(findingText(found[0] ?? raise()), /^1 message can’t be copied.*100 kB/)
  })

  it('says when the target mailbox has no room', async () => {
    await using servers = await startServers({ quota: 10_000 })
    const found = await findings(servers)
    assert.deepEqual(codes(found), ['quota.short'])
    assert.match(findingText(found[0] ?? raise()), /room for .* are to be copied/)
  })

  it('says which folder gets another name', async () => {
    await using servers = await startServers()
    await seedMailbox(servers.source, 'anna', [{ path: ['Mine'] }, { path: ['Yours'] }])
    const folderMap = [{ source: ['Mine'], target: ['Yours'] }]
    const found = await findings(servers, { folderMap })
    assert.ok(codes(found).every(code => code === 'folder.renamed' || code === 'folder.shared'))
    assert.equal(found.length, 1)
  })

  it('tells why a mailbox does not open', async () => {
    await using servers = await startServers()
    await servers.target.removeUser('anna')
    const found = await findings(servers)
    assert.deepEqual(codes(found), ['mailbox.closed'])
    assert.match(findingText(found[0] ?? raise()), /can’t be opened.*anna/)
  })
})

const codes = (found: readonly Finding[]): string[] => found.map(({ code }) => code)

const raise = (): never => assert.fail('there is none')

type Servers = Awaited<ReturnType<typeof startServers>>

async function startServers(target: Parameters<typeof startDovecot>[0] = {}) {
  const stack = new AsyncDisposableStack()
  const [from, to, fresh] = [
    stack.use(await startDovecot({ users })),
    stack.use(await startDovecot({ users, ...target })),
    stack.use(await freshLedger()),
  ]
  await seedMailbox(from, 'anna', [
    { path: ['INBOX'], messages: mails(15, '2015-05-05') },
    { path: ['INBOX'], messages: mails(15, '2022-05-05') },
    { path: ['Projects', '2024'], messages: mails(5, '2024-05-05') },
    { path: ['Spam'], messages: mails(3, '2024-05-05') },
  ])
  const jobs: Parameters<typeof listPairs>[1][] = []
  return { source: from, target: to, ledger: fresh.ledger, jobs, [Symbol.asyncDispose]: () => stack.disposeAsync() }
}

const mails = (count: number, received: string): SeedMessage[] =>
  Array.from({ length: count }, (_, at) => ({ body: `Subject: ${at}\r\n\r\n${'x'.repeat(1000)}\r\n`, received: new Date(received) }))

async function look(servers: Servers, mailboxes: readonly string[], settings: Partial<JobSettings> = {}) {
  const job = await makeJob(servers.ledger, mailboxes, settings)
  servers.jobs.push(job.id)
  await using source = serverFor(servers.source, 'source')
  await using target = serverFor(servers.target, 'target')
  const { db } = servers.ledger
  const signal = new AbortController().signal
  const run = dryRun({ db, job, source, target, connections: 2, signal }, await listPairs(db, job.id))
  const forecasts: PairForecast[] = []
  let total: DryRunTotal | undefined
  for (let step = await run.next(); ; step = await run.next()) {
    if (step.done) {
      total = step.value
      break
    }
    forecasts.push(step.value)
  }
  return { job, forecasts, total }
}

async function findings(servers: Servers, settings: Partial<JobSettings> = {}): Promise<Finding[]> {
  const { job, forecasts } = await look(servers, ['anna'], settings)
  return preflight(job, forecasts[0] ?? raise())
}

function serverFor({ host, port }: Dovecot, role: 'source' | 'target') {
  const settings: ImapSettings = { kind: 'imap', server: { host, port, tls: 'none', allowPlaintext: true }, signIn: { method: 'mailbox' } }
  const connection: Connection<ImapSettings> = {
    id: asConnectionId(role),
    name: role,
    role,
    settings,
    verification: { state: 'unverified' },
  }
  return imapServer({ connection, secrets: { secretFor: async () => ({ password: 'secret' }) } })
}
