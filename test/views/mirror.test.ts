import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { createEmitter } from '../../src/editor/emitter.ts'
import type { EngineState } from '../../src/editor/engineClient.ts'
import { createLocalClient } from '../../src/engine/localClient.ts'
import type { JobProgress, LedgerChanges } from '../../src/rpc/notifications.ts'
import { createMirror, type MirrorChange } from '../../src/views/mirror.ts'
import { tempDir } from '../support/tempDir.ts'
import { counts } from './build.ts'

const nothing: LedgerChanges = { connections: [], jobs: [], pairs: [], removed: [] }

/** A mirror of a real ledger; only what the engine would tell by itself is said by the test. */
async function mirrored(mailboxes: readonly string[], intervalMs = 5) {
  const owned = new AsyncDisposableStack()
  const dir = owned.use(tempDir())
  const client = owned.use(createLocalClient({ ledger: join(dir.path, 'ledger.db'), version: 'test' }))
  const file = join(dir.path, 'plan.json')
  const apply = (pairs: readonly string[]) => {
    const connection = (name: string, role: string) => ({
      name,
      role,
      kind: 'imap',
      server: { host: `${name}.example` },
      signIn: { method: 'mailbox' },
    })
    const job = { name: 'move', source: 'old', target: 'new', pairs: pairs.map(source => ({ source })) }
    writeFileSync(file, JSON.stringify({ connections: [connection('old', 'source'), connection('new', 'target')], jobs: [job] }))
    return client.call('plan.apply', { file })
  }
  await apply(mailboxes)
  const changes = createEmitter<LedgerChanges>()
  const progress = createEmitter<JobProgress>()
  const states = createEmitter<EngineState>()
  const state: EngineState = { state: 'running', pid: 1 }
  const engine = { state, call: client.call, onState: states.event, onDidChange: changes.event, onProgress: progress.event }
  const mirror = owned.use(createMirror({ engine, intervalMs, onTrouble: thrown => assert.fail(String(thrown)) }))
  const told: MirrorChange[] = []
  mirror.onDidChange(change => told.push(change))
  await until(() => mirror.jobs.length > 0 && told.length > 0)
  told.length = 0
  return { mirror, client, told, changes, progress, apply, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; !holds(); tries++) {
    assert.ok(tries < 500, 'in vain')
    await pause(5)
  }
}

const numbered = (count: number) => Array.from({ length: count }, (_, at) => `user${String(at).padStart(4, '0')}`)

describe('the mirror', () => {
  it('shows what the ledger has, and tells which rows changed', async () => {
    await using at = await mirrored(['anna'])
    assert.deepEqual(
      at.mirror.connections.map(({ name, usedBy }) => [name, ...usedBy]),
      [
        ['new', 'move'],
        ['old', 'move'],
      ],
    )
    const [{ id } = assert.fail()] = at.mirror.jobs
    await at.client.call('job.stop', { name: id }).catch(() => {})
    await at.apply(['anna', 'berta'])
    at.changes.fire({ ...nothing, jobs: [id] })
    await until(() => at.told.length > 0)
    assert.deepEqual(at.told[0]?.jobs, [id])
    assert.equal(at.mirror.jobs[0]?.pairs, 2)
  })

  it('reads the mailboxes of a job when they are looked at, a page at a time', async () => {
    await using at = await mirrored(numbered(450))
    const [{ id } = assert.fail()] = at.mirror.jobs
    assert.equal(at.mirror.pairList(id), undefined)
    assert.equal((await at.mirror.pairs(id)).pairs.length, 200)
    await at.mirror.readMorePairs(id)
    await at.mirror.readMorePairs(id)
    const { pairs, total } = await at.mirror.pairs(id)
    assert.deepEqual([pairs.length, total, pairs.at(-1)?.source.address], [450, 450, 'user0449'])
  })

  it('filters mailboxes by what is in their addresses', async () => {
    await using at = await mirrored(numbered(450))
    const [{ id } = assert.fail()] = at.mirror.jobs
    at.mirror.filterPairs({ text: 'USER044' })
    const { pairs, total } = await at.mirror.pairs(id)
    assert.deepEqual([total, pairs[0]?.source.address], [10, 'user0440'])
  })

  it('filters mailboxes by their states too, among thousands', async () => {
    await using at = await mirrored(numbered(450))
    const [{ id } = assert.fail()] = at.mirror.jobs
    at.mirror.filterPairs({ states: ['failed', 'waiting'] })
    assert.equal((await at.mirror.pairs(id)).total, 0)
    at.mirror.filterPairs({ states: ['new'], text: 'user0001' })
    assert.equal((await at.mirror.pairs(id)).total, 1)
    at.mirror.filterPairs({})
    assert.equal((await at.mirror.pairs(id)).total, 450)
  })

  it('draws many changes at once, and none that changed nothing', async () => {
    await using at = await mirrored(['anna'], 50)
    const [{ id } = assert.fail()] = at.mirror.jobs
    for (let times = 0; times < 100; times++) {
      at.changes.fire({ ...nothing, jobs: [id] })
      await pause(1)
    }
    await pause(120)
    assert.ok(at.told.length <= 6, `${at.told.length} drawings`)
    assert.ok(at.told.every(change => !change.all && change.jobs.length === 0))
  })

  it('takes a mailbox’s progress over without reading it again, only while it runs', async () => {
    await using at = await mirrored(['anna'])
    const [{ id } = assert.fail()] = at.mirror.jobs
    const [{ id: pair } = assert.fail()] = (await at.mirror.pairs(id)).pairs
    at.progress.fire({ job: id, pair, phase: 'copy', counts: counts({ items: 10, done: 5 }) })
    assert.equal(at.mirror.pair(id, pair)?.counts.done, 0)
  })
})
