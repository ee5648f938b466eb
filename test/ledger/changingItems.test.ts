import assert from 'node:assert/strict'
import type { ItemInfo } from '../../src/domain/mail.ts'
import { countsOf } from '../../src/ledger/counts.ts'
import { items } from '../../src/ledger/items.ts'
import { itemsBetween } from '../../src/ledger/itemsBetween.ts'
import { countNotCarried } from '../../src/ledger/notCarried.ts'
import type { ItemRow } from '../../src/ledger/rows.ts'
import { unmarkedItems } from '../../src/ledger/unmarkedItems.ts'
import { all, mails, type Running, runningPair } from './support.ts'

const rows = ({ ledger, folder }: Running): Promise<ItemRow[]> => all(items(ledger.db, folder.id))

const mail = (key: string): ItemInfo => ({ key, size: 100, received: 1000, flags: [] })

/** A pair with one item that was written as a stream, and waits for its marker. */
async function written(): Promise<Running> {
  const running = await runningPair()
  const { writer, folder } = running
  await writer.commit([
    { kind: 'intend', folder: folder.id, items: [{ ...mail('A'), version: 's1' }], next: undefined },
    {
      kind: 'done',
      folder: folder.id,
      items: [{ key: 'A', targetKey: 'T', targetVersion: 't1', format: 'fts', unmarked: true, size: 77 }],
    },
    { kind: 'verified', folder: folder.id, keys: ['A'] },
  ])
  return running
}

describe('items whose content can change', () => {
  it('remember both sides’ versions, how they were carried, and the bytes that were written', async () => {
    await using running = await written()
    const [row] = await rows(running)
    assert.deepEqual([row?.version, row?.targetVersion, row?.format, row?.unmarked, row?.size], ['s1', 't1', 'fts', true, 77])
    assert.deepEqual(
      (await countsOf(running.ledger.db, running.writer.pair)).map(({ items, fts }) => [items, fts]),
      [[1, 1]],
    )
  })

  it('wait for their marker until they have it, with the version it gave them', async () => {
    await using running = await written()
    const { ledger, writer, folder } = running
    assert.equal((await unmarkedItems(ledger.db, folder.id, 10)).length, 1)
    await writer.commit([{ kind: 'marked', folder: folder.id, items: [{ key: 'A', targetVersion: 't2' }] }])
    assert.deepEqual(await unmarkedItems(ledger.db, folder.id, 10), [])
    assert.equal((await rows(running))[0]?.targetVersion, 't2')
  })

  it('that are replaced have the new content’s data, and are to be read back once more', async () => {
    await using running = await written()
    const { writer, folder } = running
    await writer.commit([{ kind: 'replacing', folder: folder.id, keys: ['A'] }])
    assert.equal((await rows(running))[0]?.targetVersion, undefined, 'until the answer nobody knows')
    const item = { key: 'A', size: 9, received: 8, flags: ['\\Draft'], version: 's2' }
    await writer.commit([
      { kind: 'replaced', folder: folder.id, items: [{ ...item, targetVersion: 't3', format: 'rfc822', unmarked: false }] },
    ])
    const [{ attempts, ...row } = assert.fail()] = await rows(running)
    assert.deepEqual(row, {
      ...item,
      folder: folder.id,
      state: 'done',
      targetKey: 'T',
      targetVersion: 't3',
      format: 'rfc822',
      unmarked: false,
      verified: false,
    })
    assert.equal(attempts, 1)
  })

  it('that were adopted are never replaced', async () => {
    await using running = await runningPair()
    const { writer, folder } = running
    await writer.commit([{ kind: 'adopt', folder: folder.id, items: mails('A').map(mail => ({ ...mail, targetKey: 'T' })) }])
    await assert.rejects(
      writer.commit([{ kind: 'replaced', folder: folder.id, items: [{ ...mail('A'), format: 'rfc822', unmarked: false }] }]),
      { code: 'internal' },
    )
  })

  it('whose copy was left as it is say why, and stay migrated', async () => {
    await using running = await written()
    const { writer, folder } = running
    const error = { code: 'item.notUpdated', params: { because: 'touched' } } as const
    await writer.commit([{ kind: 'kept', folder: folder.id, items: [{ key: 'A', version: 's2', error }] }])
    const [row] = await rows(running)
    assert.deepEqual([row?.state, row?.version, row?.error], ['done', 's2', error])
  })

  it('keep their versions when they move, and take the new ones', async () => {
    await using running = await written()
    const { writer, folder } = running
    const moved = { key: 'A', newKey: 'B', newTargetKey: 'U', flags: [], version: 's2', targetVersion: 't2' }
    await writer.commit([{ kind: 'move', from: folder.id, to: folder.id, items: [moved] }])
    const [row] = await rows(running)
    assert.deepEqual([row?.key, row?.targetKey, row?.version, row?.targetVersion, row?.format], ['B', 'U', 's2', 't2', 'fts'])
  })

  it('are found by a range of their keys', async () => {
    await using running = await runningPair()
    const { ledger, writer, folder } = running
    await writer.commit([{ kind: 'intend', folder: folder.id, items: mails(1, '\u0001x', '\u0002a', '\u0002b', 'A'), next: undefined }])
    const found = await itemsBetween(ledger.db, folder.id, { from: '\u0002', to: '\u0003' })
    assert.deepEqual(
      found.map(({ key }) => key),
      ['\u0002a', '\u0002b'],
    )
  })

  it('that no way of transfer carries are counted apart from other failures', async () => {
    await using running = await runningPair()
    const { ledger, writer, folder } = running
    const notCarried = { code: 'item.notCarried', params: { itemClass: 'IPM.Contact', format: 'rfc822' } } as const
    const tooLarge = { code: 'item.tooLarge', params: { size: 100, limit: 50 } } as const
    await writer.commit([
      {
        kind: 'fail',
        folder: folder.id,
        items: [
          { ...mail('A'), error: notCarried },
          { ...mail('B'), error: tooLarge },
        ],
      },
    ])
    assert.equal(await countNotCarried(ledger.db, writer.pair), 1)
  })
})
