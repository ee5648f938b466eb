import assert from 'node:assert/strict'
import { join } from 'node:path'
import { isError } from '../../src/domain/errors.ts'
import { createLocalClient, type LocalClient } from '../../src/engine/localClient.ts'
import type { EngineEvent } from '../../src/rpc/events.ts'
import { privateFile } from '../support/cli.ts'
import { type Dovecot, startDovecot } from '../support/dovecot.ts'
import { tempDir } from '../support/tempDir.ts'
import { connectionTo, csvOf } from '../support/windowJob.ts'

const code = (expected: string) => (error: unknown) => isError(error) && error.code === expected

describe('what forms and trees ask', () => {
  let server: Dovecot
  let dir: ReturnType<typeof tempDir>
  let client: LocalClient
  before(async () => {
    server = await startDovecot({ anyUser: 'secret' })
  })
  after(() => server[Symbol.asyncDispose]())
  beforeEach(() => {
    dir = tempDir()
    client = createLocalClient({ ledger: join(dir.path, 'ledger.db'), version: 'test' })
  })
  afterEach(async () => {
    await client[Symbol.asyncDispose]()
    dir[Symbol.dispose]()
  })

  const twoConnections = async () => ({
    source: await client.call('connection.save', { connection: connectionTo(server, 'source') }),
    target: await client.call('connection.save', { connection: connectionTo(server, 'target') }),
  })
  const jobOf = async (users: readonly string[]) => {
    await twoConnections()
    return client.call('job.save', {
      job: { name: 'Move', source: 'source', target: 'target' },
      add: users.map(user => ({ source: user })),
    })
  }

  it('a connection’s settings are tried out with every check, and nothing is written', async () => {
    const checks: string[] = []
    const emit = (event: EngineEvent) => event.event === 'check' && checks.push(`${event.name} ${event.state}`)
    const connection = connectionTo(server, 'source')
    const { recorded } = await client.call('connection.tryOut', { connection, secret: csvOf(server, ['anna']) }, { emit })
    assert.ok(recorded?.organisation)
    assert.ok(checks.includes('signIn passed'), checks.join())
    assert.deepEqual(await client.call('connection.list', {}), [])
    assert.deepEqual(await client.call('journal.list', { limit: 10 }), [])
  })

  it('a connection is renamed and duplicated while a job uses it; the copy has neither secret nor verification', async () => {
    await jobOf(['anna'])
    const renamed = await client.call('connection.rename', { name: 'source', to: 'Old server' })
    const copy = await client.call('connection.duplicate', { name: renamed.id, as: 'Old server 2' })
    assert.deepEqual(
      [renamed.name, renamed.usedBy, copy.usedBy, copy.secret, copy.verification],
      ['Old server', ['Move'], [], undefined, { state: 'unverified' }],
    )
    assert.deepEqual(copy.settings, renamed.settings)
    await assert.rejects(client.call('connection.duplicate', { name: copy.id, as: 'OLD SERVER' }), code('name.taken'))
  })

  it('a job is saved with mailboxes added, removed and put first, all of it or nothing', async () => {
    const job = await jobOf(['anna', 'berta', 'carla'])
    const page = { name: job.id, offset: 0, limit: 10 }
    const { list } = await client.call('job.pairs', page)
    const [anna, , carla] = list.map(({ id }) => id)
    const edited = { name: 'Move all', source: 'source', target: 'target', policy: 'mirror' as const }
    const change = { remove: [String(anna)], priorities: [{ pairs: [String(carla)], priority: 5 }] }
    await assert.rejects(client.call('job.save', { id: job.id, job: edited, ...change, add: [{ source: 'berta' }] }), code('pair.twice'))
    assert.equal((await client.call('job.list', {}))[0]?.name, 'Move')
    const saved = await client.call('job.save', { id: job.id, job: edited, ...change, add: [{ source: 'dora' }] })
    assert.deepEqual([saved.name, saved.settings.policy, saved.pairs], ['Move all', 'mirror', 3])
    const now = await client.call('job.pairs', page)
    assert.deepEqual(
      now.list.map(({ source }) => source.address),
      ['carla', 'berta', 'dora'],
    )
  })

  it('a job keeps its connections', async () => {
    const job = await jobOf(['anna'])
    await client.call('connection.save', { connection: connectionTo(server, 'source', 'another') })
    await assert.rejects(
      client.call('job.save', { id: job.id, job: { name: 'Move', source: 'another', target: 'target' } }),
      code('job.connections'),
    )
  })

  it('5,000 mailboxes come in pages, filtered by a part of the name or by state', async () => {
    const job = await jobOf(Array.from({ length: 5000 }, (_, n) => `user${String(n).padStart(4, '0')}@old.example`))
    const began = performance.now()
    const page = await client.call('job.pairs', { name: job.id, offset: 4000, limit: 50 })
    const found = await client.call('job.pairs', { name: job.id, offset: 0, limit: 5, filter: 'USER123' })
    const none = await client.call('job.pairs', { name: job.id, offset: 0, limit: 5, states: ['running', 'failed'] })
    assert.ok(performance.now() - began < 1000)
    assert.deepEqual([page.total, page.list.length, page.list[0]?.source.address], [5000, 50, 'user4000@old.example'])
    assert.deepEqual([found.total, found.list.length, found.list[0]?.source.address], [10, 5, 'user1230@old.example'])
    assert.deepEqual(none, { total: 0, list: [] })
  })

  it('a secret that VS Code keeps is not the command line’s, which says so', async () => {
    await jobOf(['anna'])
    await client.call('connection.secretGiven', { name: 'source' })
    await assert.rejects(client.call('mailboxes.list', { connection: 'source', offset: 0, limit: 10 }), code('secret.inEditor'))
  })

  it('a CSV of 10,000 rows with 3 bad ones shows the 3, and a good one its rows without the passwords', async () => {
    const row = (n: number) => (n % 4000 === 1 ? `user${n},,` : `user${n},login${n},canary-${n}`)
    const csv = (row: (n: number) => string) => ['mailbox,user,password', ...Array.from({ length: 10_000 }, (_, n) => row(n))].join('\n')
    const bad = await client.call('csv.preview', { kind: 'passwords', text: csv(row) })
    assert.deepEqual([bad.rows, bad.problems.map(({ line }) => line)], [0, [3, 4003, 8003]])
    const good = await client.call('csv.preview', { kind: 'passwords', text: csv(n => row(2 * n + 2)).replaceAll(',,', ',x,y') })
    assert.deepEqual([good.rows, good.first.length, good.first[0]], [10_000, 50, { source: 'user2', user: 'login2' }])
    assert.doesNotMatch(JSON.stringify([bad, good]), /canary/)
  })

  it('mailboxes are matched before there is a job', async () => {
    const { source, target } = await twoConnections()
    for (const [id, users] of [
      [source.id, ['anna', 'berta']],
      [target.id, ['anna', 'carla']],
    ] as const) {
      const file = privateFile(dir.path, `${id}.csv`, csvOf(server, users))
      await client.call('connection.save', {
        id,
        connection: { ...connectionTo(server, id === source.id ? 'source' : 'target'), secret: { file } },
      })
    }
    const { pairs, unmatched, unused, added } = await client.call('job.matchPreview', {
      source: source.id,
      target: target.id,
      by: 'localPart',
    })
    assert.deepEqual(
      [pairs.map(pair => pair.source.address), unmatched.map(({ address }) => address), unused.map(({ address }) => address), added],
      [['anna'], ['berta'], ['carla'], 0],
    )
    const listed = await client.call('mailboxes.list', { connection: 'source', offset: 0, limit: 10, search: 'BER' })
    assert.deepEqual(listed, { list: [{ address: 'berta' }], more: false })
  })

  it('the journal of one thing is that thing’s alone', async () => {
    const job = await jobOf(['anna'])
    await client.call('job.rename', { name: 'Move', to: 'Move all' })
    const lines = await client.call('journal.list', { limit: 100, subject: job.id })
    assert.deepEqual(
      lines.map(({ what }) => what),
      ['job.created', 'pairs.added', 'job.renamed'],
    )
  })
})
