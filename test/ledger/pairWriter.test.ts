import assert from 'node:assert/strict'
import { countsOf, totalCounts } from '../../src/ledger/counts.ts'
import { openIntents } from '../../src/ledger/differences.ts'
import { foldersOf } from '../../src/ledger/folders.ts'
import { itemKeys, items, itemsByKeys } from '../../src/ledger/items.ts'
import { claimPair, releasePair } from '../../src/ledger/leases.ts'
import { openPairWriter } from '../../src/ledger/openPairWriter.ts'
import { getPair, noCounts } from '../../src/ledger/pairs.ts'
import type { Change, ItemRow } from '../../src/ledger/rows.ts'
import { commitsIn } from './commits.ts'
import { all, mails, type Running, runningPair, saveFolder, startedJob } from './support.ts'

const rows = ({ ledger, folder }: Running): Promise<ItemRow[]> => all(items(ledger.db, folder.id))

/** Each item as `key state`, what a person would ask first. */
const states = async (running: Running): Promise<string[]> => (await rows(running)).map(({ key, state }) => `${key} ${state}`)

const tooLarge = { code: 'item.tooLarge', params: { size: 100, limit: 50 } } as const

describe('items of a running pair', () => {
  it('are intended, then done, with what the target answered', async () => {
    await using running = await runningPair()
    const { writer, folder } = running
    const [item] = mails(7)
    const flags = ['\\Seen', 'Büro']
    await writer.commit([{ kind: 'intend', folder: folder.id, items: [{ ...item, key: 7, size: 5000, received: 12, flags }], next: 40 }])
    assert.deepEqual(await rows(running), [
      { folder: folder.id, key: 7, state: 'intended', size: 5000, received: 12, flags, attempts: 0, verified: false },
    ])
    const digest = Buffer.alloc(32, 0xab)
    await writer.commit([{ kind: 'done', folder: folder.id, items: [{ key: 7, targetKey: 41, digest, targetFlags: ['\\Seen'] }] }])
    await writer.commit([{ kind: 'verified', folder: folder.id, keys: [7] }])
    assert.deepEqual(await rows(running), [
      {
        folder: folder.id,
        key: 7,
        state: 'done',
        size: 5000,
        received: 12,
        flags,
        targetKey: 41,
        targetFlags: ['\\Seen'],
        digest,
        attempts: 1,
        verified: true,
      },
    ])
  })

  it('keep their keys as they are: numbers in order of value, then texts', async () => {
    await using running = await runningPair()
    const { ledger, writer, folder } = running
    await writer.commit([{ kind: 'intend', folder: folder.id, items: mails('AAMk=', 10, 9, 4_294_967_295, 'AAMj='), next: undefined }])
    assert.deepEqual(await itemKeys(ledger.db, folder.id), [9, 10, 4_294_967_295, 'AAMj=', 'AAMk='])
  })

  it('that are done are never intended again: the whole commit is refused', async () => {
    await using running = await runningPair()
    const { writer, folder } = running
    await writer.commit([
      { kind: 'intend', folder: folder.id, items: mails(1), next: 1 },
      { kind: 'done', folder: folder.id, items: [{ key: 1 }] },
    ])
    await assert.rejects(writer.commit([{ kind: 'intend', folder: folder.id, items: mails(2, 1), next: 1 }]), { code: 'internal' })
    assert.deepEqual(await states(running), ['1 done'])
  })

  it('are never done without having been intended', async () => {
    await using running = await runningPair()
    const { writer, folder } = running
    await assert.rejects(writer.commit([{ kind: 'done', folder: folder.id, items: [{ key: 1 }] }]), { code: 'internal' })
  })

  it('may learn their target key after they are done', async () => {
    await using running = await runningPair()
    const { writer, folder } = running
    await writer.commit([
      { kind: 'intend', folder: folder.id, items: mails(1), next: 1 },
      { kind: 'done', folder: folder.id, items: [{ key: 1 }] },
    ])
    await writer.commit([{ kind: 'done', folder: folder.id, items: [{ key: 1, targetKey: 9 }] }])
    const [item] = await rows(running)
    assert.deepEqual([item?.targetKey, item?.attempts], [9, 1])
  })

  it('that were retracted are forgotten when they were never tried, and are what they were otherwise', async () => {
    await using running = await runningPair()
    const { writer, folder } = running
    await writer.commit([
      { kind: 'fail', folder: folder.id, items: mails(1).map(item => ({ ...item, error: tooLarge })) },
      { kind: 'filter', folder: folder.id, items: mails(2).map(item => ({ ...item, reason: 'tooOld' })) },
    ])
    await writer.commit([{ kind: 'intend', folder: folder.id, items: mails(1, 2, 3), next: 1 }])
    assert.deepEqual(await states(running), ['1 intended', '2 intended', '3 intended'])
    await writer.commit([{ kind: 'retract', folder: folder.id, keys: [1, 2, 3] }])
    const [failed, filtered, ...others] = await rows(running)
    assert.deepEqual([failed?.state, failed?.error, failed?.attempts], ['failed', tooLarge, 1])
    assert.deepEqual([filtered?.state, filtered?.reason, filtered?.attempts], ['filtered', 'tooOld', 0])
    assert.deepEqual(others, [])
  })

  it('that fail again count their attempts, and lose their error when they succeed', async () => {
    await using running = await runningPair()
    const { writer, folder } = running
    const fail: Change = { kind: 'fail', folder: folder.id, items: mails(1).map(item => ({ ...item, error: tooLarge })) }
    const intend: Change = { kind: 'intend', folder: folder.id, items: mails(1), next: 1 }
    await writer.commit([intend, fail, intend, fail, intend])
    await writer.commit([{ kind: 'done', folder: folder.id, items: [{ key: 1 }] }])
    const [item] = await rows(running)
    assert.deepEqual([item?.state, item?.attempts, item?.error], ['done', 3, undefined])
  })

  it('hold no more of an error than its code and parameters', async () => {
    await using running = await runningPair()
    const { writer, folder } = running
    const error = { ...tooLarge, stack: 'at secret.ts', cause: { password: 'x' } }
    await writer.commit([{ kind: 'fail', folder: folder.id, items: mails(1).map(item => ({ ...item, error })) }])
    assert.deepEqual((await rows(running))[0]?.error, tooLarge)
  })

  it('that are done stay so when a later filter would leave them out', async () => {
    await using running = await runningPair()
    const { writer, folder } = running
    await writer.commit([
      { kind: 'intend', folder: folder.id, items: mails(1), next: 1 },
      { kind: 'done', folder: folder.id, items: [{ key: 1 }] },
    ])
    await writer.commit([{ kind: 'filter', folder: folder.id, items: mails(1, 2).map(item => ({ ...item, reason: 'tooLarge' })) }])
    assert.deepEqual(await states(running), ['1 done', '2 filtered'])
  })

  it('found on the target are adopted, but never one that we wrote', async () => {
    await using running = await runningPair()
    const { writer, folder } = running
    const adopt = (key: number): Change => ({
      kind: 'adopt',
      folder: folder.id,
      items: mails(key).map(item => ({ ...item, targetKey: 5 })),
    })
    await writer.commit([
      { kind: 'intend', folder: folder.id, items: mails(1), next: 1 },
      { kind: 'done', folder: folder.id, items: [{ key: 1 }] },
    ])
    await writer.commit([adopt(2)])
    await assert.rejects(writer.commit([adopt(1)]), { code: 'internal' })
    assert.deepEqual(await states(running), ['1 done', '2 adopted'])
  })

  it('take the source’s flags, and what the target made of them', async () => {
    await using running = await runningPair()
    const { writer, folder } = running
    await writer.commit([{ kind: 'intend', folder: folder.id, items: mails(1, 2), next: 1 }])
    const changed = [
      { key: 1, flags: ['\\Flagged', 'a'], targetFlags: ['\\Flagged'] },
      { key: 2, flags: [] },
    ]
    await writer.commit([{ kind: 'flags', folder: folder.id, items: changed }])
    const [first, second] = await rows(running)
    assert.deepEqual(
      [first?.flags, first?.targetFlags, second?.flags, second?.targetFlags],
      [['\\Flagged', 'a'], ['\\Flagged'], [], undefined],
    )
  })

  it('that moved keep their history under the new key', async () => {
    await using running = await runningPair()
    const { ledger, writer, folder } = running
    const to = await saveFolder(writer, 'Archive')
    const digest = Buffer.alloc(32, 1)
    await writer.commit([
      { kind: 'intend', folder: folder.id, items: mails(1, 2), next: 1 },
      { kind: 'done', folder: folder.id, items: [{ key: 1, targetKey: 8, digest }] },
    ])
    await writer.commit([{ kind: 'filter', folder: to.id, items: mails(77).map(item => ({ ...item, reason: 'tooOld' })) }])
    const moved = { key: 1, newKey: 77, newTargetKey: 30, flags: ['\\Seen'] }
    await writer.commit([{ kind: 'move', from: folder.id, to: to.id, items: [moved] }])
    assert.deepEqual(await states(running), ['2 intended'])
    assert.deepEqual(await all(items(ledger.db, to.id)), [
      {
        folder: to.id,
        key: 77,
        state: 'done',
        size: 100,
        received: mails(1)[0]?.received,
        flags: ['\\Seen'],
        targetKey: 30,
        digest,
        attempts: 1,
        verified: false,
      },
    ])
  })

  it('never move onto another item', async () => {
    await using running = await runningPair()
    const { writer, folder } = running
    await writer.commit([
      { kind: 'intend', folder: folder.id, items: mails(1, 2), next: 1 },
      { kind: 'done', folder: folder.id, items: [{ key: 1 }, { key: 2 }] },
    ])
    await assert.rejects(
      writer.commit([{ kind: 'move', from: folder.id, to: folder.id, items: [{ key: 1, newKey: 2, newTargetKey: 3, flags: [] }] }]),
    )
    assert.deepEqual(await states(running), ['1 done', '2 done'])
  })

  it('that are gone from the source are orphaned or removed; what never came leaves no trace; an open intent stays', async () => {
    await using running = await runningPair()
    const { writer, folder } = running
    await writer.commit([
      { kind: 'intend', folder: folder.id, items: mails(1, 2, 3), next: 1 },
      { kind: 'done', folder: folder.id, items: [{ key: 1 }, { key: 2 }] },
      { kind: 'fail', folder: folder.id, items: mails(4).map(item => ({ ...item, error: tooLarge })) },
    ])
    await writer.commit([
      { kind: 'gone', folder: folder.id, keys: [1, 3, 4, 99], state: 'orphaned' },
      { kind: 'gone', folder: folder.id, keys: [2], state: 'removed' },
    ])
    assert.deepEqual(await states(running), ['1 orphaned', '2 removed', '3 intended'])
  })

  it('are forgotten by name', async () => {
    await using running = await runningPair()
    const { writer, folder } = running
    await writer.commit([{ kind: 'intend', folder: folder.id, items: mails(1, 2), next: 1 }])
    await writer.commit([{ kind: 'forget', folder: folder.id, keys: [1] }])
    assert.deepEqual(await states(running), ['2 intended'])
  })
})

describe('a folder of a running pair', () => {
  it('keeps where its oldest open intent has to be looked for, until all are resolved', async () => {
    await using running = await runningPair()
    const { ledger, writer, folder, lease } = running
    const next = async () => (await foldersOf(ledger.db, lease.pair))[0]?.intentNext
    await writer.commit([{ kind: 'intend', folder: folder.id, items: mails(1), next: 40 }])
    await writer.commit([{ kind: 'intend', folder: folder.id, items: mails(2), next: 41 }])
    assert.equal(await next(), 40)
    await writer.commit([
      { kind: 'done', folder: folder.id, items: [{ key: 1 }] },
      { kind: 'resolved', folder: folder.id },
    ])
    assert.equal(await next(), 40)
    await writer.commit([
      { kind: 'done', folder: folder.id, items: [{ key: 2 }] },
      { kind: 'resolved', folder: folder.id },
    ])
    assert.equal(await next(), undefined)
  })

  it('shows its open intents', async () => {
    await using running = await runningPair()
    const { ledger, writer, folder, lease } = running
    await saveFolder(writer, 'Empty')
    await writer.commit([
      { kind: 'intend', folder: folder.id, items: mails(1, 2), next: 4 },
      { kind: 'done', folder: folder.id, items: [{ key: 1 }] },
    ])
    const open = await openIntents(ledger.db, lease.pair)
    assert.deepEqual(
      open.map(({ folder, items }) => [folder.sourcePath, folder.intentNext, items.map(({ key }) => key)]),
      [[['INBOX'], 4, [2]]],
    )
  })

  it('is added once, by its path, and updated afterwards', async () => {
    await using running = await runningPair()
    const { ledger, writer, lease } = running
    const sent = { sourceId: 'Sent', sourcePath: ['Sent', 'A/B'], sourceValidity: '1', role: 'sent' } as const
    const [first] = await writer.saveFolders([sent])
    await writer.patchFolder(first?.id ?? 0, { checkpoint: '{"uid":1}', version: 'v1' })
    const excluded = { ...sent, excluded: 'folderExcluded' } as const
    const again = await writer.saveFolders([{ ...sent, sourceId: 'New', sourcePath: ['New'] }, excluded])
    assert.deepEqual(
      again.map(({ sourcePath }) => sourcePath),
      [['New'], ['Sent', 'A/B']],
    )
    assert.deepEqual(again[1], { ...excluded, id: first?.id, pair: lease.pair, checkpoint: '{"uid":1}', version: 'v1' })
    assert.equal((await foldersOf(ledger.db, lease.pair)).length, 3)
  })

  it('loses its checkpoint when its UIDVALIDITY is another', async () => {
    await using running = await runningPair()
    const { writer, folder } = running
    await writer.commit([{ kind: 'checkpoint', folder: folder.id, checkpoint: 'c', version: 'v' }])
    const [saved] = await writer.saveFolders([{ sourceId: 'INBOX', sourcePath: ['INBOX'], sourceValidity: 'other' }])
    assert.deepEqual([saved?.checkpoint, saved?.version, saved?.sourceValidity], [undefined, undefined, 'other'])
  })

  it('is patched in what is named, and cleared where it says so', async () => {
    await using running = await runningPair()
    const { ledger, writer, folder, lease } = running
    await writer.patchFolder(folder.id, { error: tooLarge, targetPath: ['Posteingang'] })
    await writer.patchFolder(folder.id, { error: null, excluded: 'folderExcluded' })
    const [patched] = await foldersOf(ledger.db, lease.pair)
    assert.deepEqual(patched, { ...folder, targetPath: ['Posteingang'], excluded: 'folderExcluded' })
  })

  it('takes new keys for all its items at once, though new ones are others’ old ones', async () => {
    await using running = await runningPair()
    const { ledger, writer, folder, lease } = running
    await writer.commit([
      { kind: 'intend', folder: folder.id, items: mails(1, 2, 3), next: 1 },
      { kind: 'checkpoint', folder: folder.id, checkpoint: 'c', version: 'v' },
    ])
    await writer.commit([
      {
        kind: 'done',
        folder: folder.id,
        items: [
          { key: 1, targetKey: 11 },
          { key: 2, targetKey: 12 },
        ],
      },
    ])
    await writer.commit([
      {
        kind: 'rekey',
        folder: folder.id,
        sourceValidity: '9',
        items: [
          { key: 1, newKey: 2 },
          { key: 2, newKey: 3 },
        ],
      },
    ])
    assert.deepEqual(
      (await rows(running)).map(({ key, targetKey }) => [key, targetKey]),
      [
        [2, 11],
        [3, 12],
      ],
    )
    const [row] = await foldersOf(ledger.db, lease.pair)
    assert.deepEqual([row?.sourceValidity, row?.checkpoint], ['9', undefined])
  })

  it('voids every old target key when the target’s UIDVALIDITY is another', async () => {
    await using running = await runningPair()
    const { ledger, writer, folder, lease } = running
    const done = [1, 2, 3].map(key => ({ key, targetKey: key + 10 }))
    await writer.commit([
      { kind: 'intend', folder: folder.id, items: mails(1, 2, 3), next: 1 },
      { kind: 'done', folder: folder.id, items: done },
    ])
    await writer.commit([{ kind: 'retarget', folder: folder.id, targetValidity: '8', items: [{ key: 1, targetKey: 51 }] }])
    await writer.commit([
      {
        kind: 'retarget',
        folder: folder.id,
        targetValidity: '8',
        items: [
          { key: 2, targetKey: 52 },
          { key: 3, targetKey: undefined },
        ],
      },
    ])
    assert.deepEqual(
      (await rows(running)).map(({ targetKey }) => targetKey),
      [51, 52, undefined],
    )
    assert.equal((await foldersOf(ledger.db, lease.pair))[0]?.targetValidity, '8')
  })

  it('forgets its items and where it stood', async () => {
    await using running = await runningPair()
    const { ledger, writer, folder, lease } = running
    await writer.commit([
      { kind: 'intend', folder: folder.id, items: mails(1), next: 1 },
      { kind: 'checkpoint', folder: folder.id, checkpoint: 'c', version: 'v' },
    ])
    await writer.forgetFolder(folder.id)
    assert.deepEqual(await rows(running), [])
    assert.deepEqual(await foldersOf(ledger.db, lease.pair), [folder])
  })

  it('of another pair can’t be written', async () => {
    await using running = await runningPair()
    const { ledger, engine, folder } = running
    await startedJob(ledger, ['zoe'], {}, 'Another')
    const lease = await claimPair(ledger, engine)
    const other = openPairWriter(ledger, lease ?? assert.fail())
    await assert.rejects(other.commit([{ kind: 'intend', folder: folder.id, items: mails(1), next: 1 }]), { code: 'internal' })
    await assert.rejects(other.forgetFolder(folder.id), { code: 'internal' })
    await other[Symbol.asyncDispose]()
  })
})

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
