import assert from 'node:assert/strict'
import { isError } from '../../src/domain/errors.ts'
import type { Params } from '../../src/rpc/protocol.ts'
import { builtFolder } from '../support/cli.ts'
import { openWindow, until, type Window } from '../support/engine.ts'
import { tempDir } from '../support/tempDir.ts'

type Planned = Params<'connection.save'>['connection']

const planned = (role: 'source' | 'target', more: object = {}): Planned => ({
  name: role,
  role,
  kind: 'imap',
  server: { host: `${role}.example` },
  signIn: { method: 'mailbox' },
  ...more,
})

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    error => (isError(error) ? error.code : String(error)),
  )

describe('two windows on one ledger', function () {
  this.timeout(30_000)
  before(function () {
    this.timeout(60_000)
    builtFolder()
  })

  let dir: ReturnType<typeof tempDir>
  let one: Window
  let two: Window
  beforeEach(async () => {
    dir = tempDir()
    ;[one, two] = [openWindow(dir.path, 'one'), openWindow(dir.path, 'two')]
    for (const window of [one, two]) await until('it runs', 10_000, () => window.engine.state.state === 'running')
  })
  afterEach(async () => {
    for (const window of [one, two]) window[Symbol.dispose]()
    dir[Symbol.dispose]()
  })

  /** Both windows are told of it within a second. */
  const bothTold = async (what: string, isIt: (change: Window['changes'][number]) => boolean): Promise<void> => {
    await until(what, 1100, () => [one, two].every(({ changes }) => changes.some(isIt)))
    for (const { changes } of [one, two]) changes.length = 0
  }

  it('agree within a second on connections, jobs, mailboxes and what was removed', async () => {
    const source = await one.engine.call('connection.save', { connection: planned('source') })
    await bothTold('the connection', ({ connections }) => connections.includes(source.id))
    const target = await two.engine.call('connection.save', { connection: planned('target') })
    await bothTold('the other', ({ connections }) => connections.includes(target.id))
    const job = await one.engine.call('job.save', {
      job: { name: 'Move', source: source.id, target: target.id },
      add: [{ source: 'anna' }],
    })
    await bothTold('the job and its mailbox', ({ jobs, pairs }) => jobs.includes(job.id) && pairs.some(pair => pair.job === job.id))
    assert.deepEqual((await two.engine.call('connection.show', { name: source.id })).usedBy, ['Move'])
    await two.engine.call('job.rename', { name: 'Move', to: 'Move all' })
    await bothTold('the new name', ({ jobs }) => jobs.includes(job.id))
    await two.engine.call('job.delete', { name: 'Move all' })
    await bothTold('that it is gone', ({ removed }) => removed.some(({ id }) => id === job.id))
    await one.engine.call('connection.delete', { name: source.id })
    await bothTold('that it is gone', ({ removed }) => removed.some(({ id }) => id === source.id))
  })

  it('never both win where one edits a connection and the other makes a job of it', async () => {
    await one.engine.call('connection.save', { connection: planned('target') })
    for (let n = 0; n < 10; n += 1) {
      const { id, settings } = await one.engine.call('connection.save', { connection: planned('source', { name: `source ${n}` }) })
      const edited = planned('source', { name: `source ${n}`, signIn: { method: 'token' } })
      const [edit, make] = await Promise.all([
        codeOf(one.engine.call('connection.save', { id, connection: edited, before: { ...settings } })),
        codeOf(two.engine.call('job.save', { job: { name: `Move ${n}`, source: id, target: 'target' }, add: [{ source: `anna${n}` }] })),
      ])
      assert.equal(make, 'done')
      const { settings: now } = await two.engine.call('connection.show', { name: id })
      assert.deepEqual([edit, now.kind === 'imap' && now.signIn.method], edit === 'done' ? ['done', 'token'] : ['inUse', 'mailbox'])
      assert.equal(
        await codeOf(
          one.engine.call('connection.save', {
            id,
            connection: planned('source', { name: `source ${n}`, server: { host: 'other.example' } }),
          }),
        ),
        'imap.hostChanged',
      )
    }
  })

  it('don’t overwrite each other’s edits', async () => {
    const { id, settings } = await one.engine.call('connection.save', { connection: planned('source') })
    const before = { ...settings }
    await two.engine.call('connection.save', { id, before, connection: planned('source', { signIn: { method: 'token' } }) })
    assert.equal(
      await codeOf(one.engine.call('connection.save', { id, before, connection: planned('source', { server: { host: 'x.example' } }) })),
      'edited',
    )
  })
})
