import assert from 'node:assert/strict'
import { countsOf, totalCounts } from '../../src/ledger/counts.ts'
import { items, itemsByKeys } from '../../src/ledger/items.ts'
import { releasePair } from '../../src/ledger/leases.ts'
import { getPair, noCounts } from '../../src/ledger/pairs.ts'
import type { Change, ItemRow } from '../../src/ledger/rows.ts'
import { commitsIn } from './commits.ts'
import { all, mails, type Running, runningPair } from './support.ts'

const rows = ({ ledger, folder }: Running): Promise<ItemRow[]> => all(items(ledger.db, folder.id))

/** Each item as `key state`, what a person would ask first. */
const states = async (running: Running): Promise<string[]> => (await rows(running)).map(({ key, state }) => `${key} ${state}`)

const tooLarge = { code: 'item.tooLarge', params: { size: 100, limit: 50 } } as const

describe('commits of a running pair', () => {
  it('that are asked for while one is under way share the next', async () => {
    await using running = await runningPair()
    const { ledger, writer, folder } = running
    const before = commitsIn(ledger.path)
    await Promise.all(
      Array.from({ length: 30 }, (_, n) => writer.commit([{ kind: 'intend', folder: folder.id, items: mails(n), next: 1 }])),
    )
    assert.ok(commitsIn(ledger.path) - before < 10)
    assert.equal((await rows(running)).length, 30)
  })

  it('are all or nothing', async () => {
    await using running = await runningPair()
    const { writer, folder } = running
    const good: Change = { kind: 'intend', folder: folder.id, items: mails(1), next: 1 }
    await assert.rejects(writer.commit([good, { kind: 'done', folder: folder.id, items: [{ key: 2 }] }]))
    assert.deepEqual(await states(running), [])
  })

  it('take thousands of items in a blink', async () => {
    await using running = await runningPair()
    const { writer, folder } = running
    const keys = Array.from({ length: 5000 }, (_, n) => n + 1)
    await writer.commit([{ kind: 'intend', folder: folder.id, items: mails(...keys), next: 1 }])
    await writer.commit([{ kind: 'done', folder: folder.id, items: keys.map(key => ({ key, targetKey: key })) }])
    assert.equal(
      (await itemsByKeys(running.ledger.db, folder.id, keys)).every(({ state, key, targetKey }) => state === 'done' && key === targetKey),
      true,
    )
  })
})

describe('the progress of a running pair', () => {
  it('is one row, written at most once a second, the last one when the pair is released', async () => {
    await using running = await runningPair()
    const { ledger, writer, lease } = running
    const before = commitsIn(ledger.path)
    for (let done = 1; done <= 50; done += 1) writer.progress('copy', { ...noCounts, items: 50, done }, `folder ${done}`)
    await releasePair(ledger, lease, { state: 'stopped' })
    assert.ok(commitsIn(ledger.path) - before <= 3)
    const { counts, state } = await getPair(ledger.db, lease.pair)
    assert.deepEqual([counts.done, state], [50, { state: 'stopped' }])
  })

  it('shows the phase and the folder in hand', async () => {
    await using running = await runningPair()
    const { ledger, writer, lease } = running
    writer.progress('verify', noCounts, 'Sent')
    await writer.commit([])
    const { state, folder } = await getPair(ledger.db, lease.pair)
    assert.deepEqual([state.state === 'running' && state.phase, folder], ['verify', 'Sent'])
  })

  it('counts every source item once', async () => {
    await using running = await runningPair()
    const { ledger, writer, folder, lease } = running
    await writer.commit([
      { kind: 'intend', folder: folder.id, items: mails(1, 2, 3, 4), next: 1 },
      { kind: 'done', folder: folder.id, items: [{ key: 1 }, { key: 2 }] },
      { kind: 'verified', folder: folder.id, keys: [1] },
      { kind: 'gone', folder: folder.id, keys: [2], state: 'orphaned' },
      { kind: 'fail', folder: folder.id, items: mails(3).map(item => ({ ...item, error: tooLarge })) },
      { kind: 'filter', folder: folder.id, items: mails(5).map(item => ({ ...item, reason: 'tooOld' })) },
    ])
    const counts = await countsOf(ledger.db, lease.pair)
    const shown = counts.map(({ state, items, bytes, verified }) => [state, items, bytes, verified]).sort()
    assert.deepEqual(shown, [
      ['done', 1, 100, 1],
      ['failed', 1, 100, 0],
      ['filtered', 1, 100, 0],
      ['intended', 1, 100, 0],
      ['orphaned', 1, 100, 0],
    ])
    assert.deepEqual(totalCounts(counts), { items: 4, bytes: 400, done: 1, doneBytes: 100, adopted: 0, filtered: 1, failed: 1 })
  })
})
