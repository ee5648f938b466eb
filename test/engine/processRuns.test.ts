import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { builtFolder } from '../support/cli.ts'
import { compareSnapshots } from '../support/compareSnapshots.ts'
import { type Dovecot, startDovecot } from '../support/dovecot.ts'
import { isAlive, openWindow, until, type Window } from '../support/engine.ts'
import { seedMailbox } from '../support/mailbox.ts'
import { snapshot } from '../support/snapshot.ts'
import { tempDir } from '../support/tempDir.ts'
import { csvOf, defineJob } from '../support/windowJob.ts'

const messages = (count: number) =>
  Array.from({ length: count }, (_, n) => ({
    body: `From: a@old.example\r\nSubject: ${n}\r\nMessage-ID: <${n}@old.example>\r\n\r\n${'text '.repeat(100)}\r\n`,
    flags: [],
    received: new Date(Date.UTC(2026, 0, 5, 10, 0, n)),
  }))

/** Slow enough to be met at work: some five seconds. */
const slow = { limits: { megabytesPerSecond: 0.05 } }

describe('a job that windows share', function () {
  this.timeout(60_000)
  let source: Dovecot
  let target: Dovecot
  let users = 0
  let user: string

  before(async () => {
    builtFolder()
    ;[source, target] = await Promise.all([startDovecot({ anyUser: 'canary-secret' }), startDovecot({ anyUser: 'canary-secret' })])
  })
  after(() => Promise.all([source, target].map(server => server[Symbol.asyncDispose]())))
  beforeEach(async () => {
    user = `anna${++users}`
    await seedMailbox(source, user, [{ path: ['INBOX'], messages: messages(400) }])
  })

  const give = (window: Window, ids: { source: string; target: string }): void => {
    window.secrets.set(ids.source, csvOf(source, [user]))
    window.secrets.set(ids.target, csvOf(target, [user]))
  }
  const stateIn = async ({ engine }: Window): Promise<string> =>
    (await engine.call('job.pairs', { name: 'move', offset: 0, limit: 1 })).list[0]?.state.state ?? 'no pair'
  const start = async (window: Window, job: object = slow): Promise<void> => {
    give(window, await defineJob(window, source, target, { users: [user], job }))
    assert.deepEqual(await window.engine.call('job.queue', { name: 'move', delta: false }), { pairs: 1 })
    await until('it runs', 10_000, async () => (await stateIn(window)) === 'running')
  }
  const isWhole = async (): Promise<void> =>
    assert.deepEqual(compareSnapshots(await snapshot(source, user), await snapshot(target, user)), [])

  it('goes on when its window is closed, is seen by the next one, and ends', async () => {
    using dir = tempDir()
    using first = openWindow(dir.path, 'first')
    await start(first)
    const pid = first.pid()
    first.engine.dispose()
    using second = openWindow(dir.path, 'second')
    const seen: number[] = []
    second.engine.onProgress(({ counts }) => seen.push(counts.done))
    await until('it is done', 30_000, async () => (await stateIn(second)) === 'completed')
    assert.ok(
      seen.some(done => done > 0 && done < 400),
      seen.join(),
    )
    await isWhole()
    const { job, folders, items, more } = await second.engine.call('pair.details', { job: 'move', pair: user, limit: 10 })
    assert.deepEqual([job, folders, items, more], ['move', [{ source: ['INBOX'], target: ['INBOX'] }], [], false])
    await until('the first engine ends', 5000, () => !isAlive(pid))
  })

  it('is stopped by another window', async () => {
    using dir = tempDir()
    using first = openWindow(dir.path, 'first')
    await start(first)
    first.engine.dispose()
    using second = openWindow(dir.path, 'second')
    await second.engine.call('job.stop', { name: 'move' })
    await until('it stops', 5000, async () => (await stateIn(second)) === 'stopped')
  })

  it('is taken over by the window that is left, when the engine of the other is killed', async () => {
    using dir = tempDir()
    using first = openWindow(dir.path, 'first')
    await start(first)
    using second = openWindow(dir.path, 'second')
    for (const [id, text] of first.secrets) second.secrets.set(id, text)
    const pid = first.pid()
    first.engine.dispose()
    process.kill(pid, 'SIGKILL')
    await until('it is done', 40_000, async () => (await stateIn(second)) === 'completed')
    await isWhole()
  })

  it('waits for credentials, asks for them once, and goes on when they are given', async () => {
    using dir = tempDir()
    using window = openWindow(dir.path, 'first')
    const needed: string[] = []
    window.engine.onSecretNeeded(({ name, why }) => needed.push(`${name} ${why}`))
    const ids = await defineJob(window, source, target, { users: [user] })
    await window.engine.call('job.queue', { name: 'move', delta: false })
    await until('it waits', 10_000, async () => (await stateIn(window)) === 'waiting')
    await until('it is told', 3000, () => needed.length > 0)
    give(window, ids)
    for (const name of ['source', 'target']) await window.engine.call('connection.secretGiven', { name })
    await until('it is done', 20_000, async () => (await stateIn(window)) === 'completed')
    assert.ok(needed.length <= 2 && new Set(needed).size === needed.length, needed.join())
    await isWhole()
  })

  it('waits for its time, is interrupted when its schedule closes, and goes on when that opens', async () => {
    using dir = tempDir()
    using window = openWindow(dir.path, 'first')
    const schedule = (inSeconds: number) => ({ timeZone: 'UTC', notBefore: new Date(Date.now() + inSeconds * 1000).toISOString() })
    const job = (inSeconds: number) => ({ name: 'move', source: 'source', target: 'target', ...slow, schedule: schedule(inSeconds) })
    const reschedule = async (inSeconds: number) => window.engine.call('job.save', { id: 'move', job: job(inSeconds) })
    give(window, await defineJob(window, source, target, { users: [user], job: { ...slow, schedule: schedule(3600) } }))
    await window.engine.call('job.queue', { name: 'move', delta: false })
    await until(
      'its time is waited for',
      5000,
      async () => (await stateIn(window)) === 'queued' && readFileSync(window.log, 'utf8').includes('job.ran'),
    )
    await reschedule(0)
    await until('it runs', 10_000, async () => (await stateIn(window)) === 'running')
    await reschedule(3600)
    await until('it is interrupted', 10_000, async () => (await stateIn(window)) === 'queued')
    await reschedule(0)
    await until('it is done', 30_000, async () => (await stateIn(window)) === 'completed')
    await isWhole()
  })

  it('is migrated anew when its schedule wants a delta', async () => {
    using dir = tempDir()
    using window = openWindow(dir.path, 'first')
    give(window, await defineJob(window, source, target, { users: [user], job: { schedule: { timeZone: 'UTC', deltaEvery: 1 } } }))
    await window.engine.call('job.queue', { name: 'move', delta: false })
    await until('it is done', 20_000, async () => (await stateIn(window)) === 'completed')
    await seedMailbox(source, user, [{ path: ['Later'], messages: messages(3) }])
    // As if it had been completed two hours ago.
    using ledger = new DatabaseSync(join(dir.path, 'ledger.db'))
    ledger.exec(`update pairs set detail = json_object('at', '${new Date(Date.now() - 7_200_000).toISOString()}')`)
    await until(
      'the delta is done',
      20_000,
      async () => compareSnapshots(await snapshot(source, user), await snapshot(target, user)).length === 0,
    )
  })

  it('leaves its secrets nowhere', async () => {
    using dir = tempDir()
    using window = openWindow(dir.path, 'first')
    await start(window)
    const files = readdirSync(dir.path, { recursive: true, withFileTypes: true }).filter(
      entry => entry.isFile() && !entry.parentPath.includes('storage'),
    )
    assert.ok(files.length >= 2)
    for (const { parentPath, name } of files) assert.ok(!readFileSync(join(parentPath, name)).includes('canary-secret'), name)
    for (const what of ['cmdline', 'environ']) assert.ok(!readFileSync(`/proc/${window.pid()}/${what}`).includes('canary-secret'), what)
  })
})
