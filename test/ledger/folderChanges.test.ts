import assert from 'node:assert/strict'
import { openIntents } from '../../src/ledger/differences.ts'
import { foldersOf } from '../../src/ledger/folders.ts'
import { items } from '../../src/ledger/items.ts'
import { claimPair } from '../../src/ledger/leases.ts'
import { openPairWriter } from '../../src/ledger/openPairWriter.ts'
import type { ItemRow } from '../../src/ledger/rows.ts'
import { all, mails, type Running, runningPair, saveFolder, startedJob } from './support.ts'

const rows = ({ ledger, folder }: Running): Promise<ItemRow[]> => all(items(ledger.db, folder.id))

const tooLarge = { code: 'item.tooLarge', params: { size: 100, limit: 50 } } as const

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

  it('has no such place while an open intent may turn up anywhere', async () => {
    await using running = await runningPair()
    const { ledger, writer, folder, lease } = running
    await writer.commit([{ kind: 'intend', folder: folder.id, items: mails(1), next: 40 }])
    await writer.commit([{ kind: 'intend', folder: folder.id, items: mails(2), next: 'anywhere' }])
    assert.equal((await foldersOf(ledger.db, lease.pair))[0]?.intentNext, undefined)
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

  it('of another pair can’t be written', async () => {
    await using running = await runningPair()
    const { ledger, engine, folder } = running
    await startedJob(ledger, ['zoe'], {}, 'Another')
    const lease = await claimPair(ledger, engine)
    const other = openPairWriter(ledger, lease ?? assert.fail())
    await assert.rejects(other.commit([{ kind: 'intend', folder: folder.id, items: mails(1), next: 1 }]), { code: 'internal' })
    await assert.rejects(other.patchFolder(folder.id, { checkpoint: 'x' }), { code: 'internal' })
    await other[Symbol.asyncDispose]()
  })
})
