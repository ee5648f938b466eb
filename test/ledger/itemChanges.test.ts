import assert from 'node:assert/strict'
import { itemKeys, items } from '../../src/ledger/items.ts'
import type { Change, ItemRow } from '../../src/ledger/rows.ts'
import { all, mails, type Running, runningPair, saveFolder } from './support.ts'

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
      {
        folder: folder.id,
        key: 7,
        state: 'intended',
        size: 5000,
        received: 12,
        flags,
        attempts: 0,
        verified: false,
        format: 'rfc822',
        unmarked: false,
      },
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
        format: 'rfc822',
        unmarked: false,
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
        format: 'rfc822',
        unmarked: false,
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

  it('that come back are what they were, and only what was orphaned comes back', async () => {
    await using running = await runningPair()
    const { writer, folder } = running
    await writer.commit([
      { kind: 'intend', folder: folder.id, items: mails(1, 2), next: 1 },
      { kind: 'done', folder: folder.id, items: [{ key: 1 }, { key: 2 }] },
      { kind: 'adopt', folder: folder.id, items: mails(3).map(item => ({ ...item, targetKey: 9 })) },
      { kind: 'gone', folder: folder.id, keys: [1, 3], state: 'orphaned' },
      { kind: 'gone', folder: folder.id, keys: [2], state: 'removed' },
    ])
    await writer.commit([{ kind: 'returned', folder: folder.id, keys: [1, 3] }])
    assert.deepEqual(await states(running), ['1 done', '2 removed', '3 adopted'])
    await assert.rejects(writer.commit([{ kind: 'returned', folder: folder.id, keys: [2] }]))
  })

  it('are forgotten by name', async () => {
    await using running = await runningPair()
    const { writer, folder } = running
    await writer.commit([{ kind: 'intend', folder: folder.id, items: mails(1, 2), next: 1 }])
    await writer.commit([{ kind: 'forget', folder: folder.id, keys: [1] }])
    assert.deepEqual(await states(running), ['2 intended'])
  })
})
