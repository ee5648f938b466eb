import assert from 'node:assert/strict'
import type { ItemKey } from '../../src/domain/mail.ts'
import { countsOf } from '../../src/ledger/counts.ts'
import { differences } from '../../src/ledger/differences.ts'
import { compareKeys, itemKeys, items, itemsByKeys } from '../../src/ledger/items.ts'
import { walks } from './explain.ts'
import { all, mails, type Running, runningPair, saveFolder } from './support.ts'

const error = { code: 'item.tooLarge', params: { size: 1, limit: 1 } } as const
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => from + n)

/** Done 1–10, failed 11–15, filtered 16–20, intended 21–25. */
async function mixed(): Promise<Running> {
  const running = await runningPair()
  const { writer, folder } = running
  await writer.commit([
    { kind: 'intend', folder: folder.id, items: mails(...range(1, 10), ...range(21, 25)), next: 1 },
    { kind: 'done', folder: folder.id, items: range(1, 10).map(key => ({ key })) },
    { kind: 'fail', folder: folder.id, items: mails(...range(11, 15)).map(item => ({ ...item, error })) },
    { kind: 'filter', folder: folder.id, items: mails(...range(16, 20)).map(item => ({ ...item, reason: 'tooOld' })) },
  ])
  return running
}

describe('reading a folder’s items', () => {
  it('gives pages in the order of keys, whatever states are asked for', async () => {
    await using running = await mixed()
    const { ledger, folder } = running
    const pages = async (options: Parameters<typeof items>[2]) => {
      const found: ItemKey[][] = []
      for await (const page of items(ledger.db, folder.id, options)) found.push(page.map(({ key }) => key))
      return found
    }
    assert.deepEqual(await pages({ limit: 10 }), [range(1, 10), range(11, 20), range(21, 25)])
    assert.deepEqual(await pages({ states: ['filtered', 'failed'], limit: 4 }), [range(11, 14), range(15, 18), range(19, 20)])
    assert.deepEqual(await pages({ states: ['done', 'failed'], after: 8 }), [range(9, 15)])
    assert.deepEqual(await pages({ states: ['removed'] }), [])
  })

  it('lets the caller write between pages', async () => {
    await using running = await mixed()
    const { ledger, writer, folder } = running
    let seen = 0
    for await (const page of items(ledger.db, folder.id, { limit: 5 })) {
      seen += page.length
      await writer.commit([{ kind: 'verified', folder: folder.id, keys: page.map(({ key }) => key) }])
    }
    assert.equal(seen, 25)
    assert.equal(
      (await all(items(ledger.db, folder.id))).every(({ verified }) => verified),
      true,
    )
  })

  it('gives keys alone, ascending', async () => {
    await using running = await mixed()
    const { ledger, folder } = running
    assert.deepEqual(await itemKeys(ledger.db, folder.id), range(1, 25))
    assert.deepEqual(await itemKeys(ledger.db, folder.id, ['intended', 'failed']), [...range(11, 15), ...range(21, 25)])
    assert.deepEqual(await itemKeys(ledger.db, folder.id, ['done', 'intended']), [...range(1, 10), ...range(21, 25)])
  })

  it('gives the items of keys that are there, by key', async () => {
    await using running = await mixed()
    const { ledger, folder } = running
    assert.deepEqual(
      (await itemsByKeys(ledger.db, folder.id, [99, 12, 3])).map(({ key, state }) => [key, state]),
      [
        [3, 'done'],
        [12, 'failed'],
      ],
    )
  })

  it('orders keys as SQLite does', async () => {
    await using running = await runningPair()
    const { ledger, writer, folder } = running
    const keys: ItemKey[] = [10, 9, 'b', 'a', 'Z', 'é', '😀', '\uffee', 1_000_000, '10']
    await writer.commit([{ kind: 'intend', folder: folder.id, items: mails(...keys), next: 1 }])
    assert.deepEqual(await itemKeys(ledger.db, folder.id), keys.toSorted(compareKeys))
  })
})

describe('counting', () => {
  it('is the same in slices, for folders larger than one', async () => {
    await using running = await runningPair()
    const { ledger, writer, folder, lease } = running
    const keys = range(1, 45_001)
    await writer.commit([{ kind: 'intend', folder: folder.id, items: mails(...keys), next: 1 }])
    await writer.commit([{ kind: 'done', folder: folder.id, items: keys.filter(key => key % 3 === 0).map(key => ({ key })) }])
    const counts = await countsOf(ledger.db, lease.pair)
    assert.deepEqual(counts.map(({ state, items }) => [state, items]).sort(), [
      ['done', 15_000],
      ['intended', 30_001],
    ])
  })

  it('reads one folder, by its key', async () => {
    await using running = await mixed()
    const found = await walks(running.ledger.path, db => countsOf(db, running.lease.pair))
    assert.deepEqual(
      found.map(({ plan }) => plan),
      ['USE TEMP B-TREE FOR GROUP BY'],
    )
  })
})

describe('the differences of a pair', () => {
  it('are all items that aren’t simply migrated, with their folder', async () => {
    await using running = await mixed()
    const { ledger, lease, job, writer, folder } = running
    const archive = await saveFolder(writer, 'Archive', '2019')
    await writer.commit([
      { kind: 'filter', folder: archive.id, items: mails(7).map(item => ({ ...item, reason: 'folderExcluded' })) },
      { kind: 'gone', folder: folder.id, keys: [3], state: 'orphaned' },
    ])
    const found = await all(differences(ledger.db, { pair: lease.pair }))
    const shown = found.map(({ folder, item }) =>
      `${folder.sourcePath.join('/')} ${item.key} ${item.state} ${item.reason ?? item.error?.code ?? ''}`.trim(),
    )
    assert.deepEqual(shown, [
      'Archive/2019 7 filtered folderExcluded',
      ...range(21, 25).map(key => `INBOX ${key} intended`),
      ...range(11, 15).map(key => `INBOX ${key} failed item.tooLarge`),
      ...range(16, 20).map(key => `INBOX ${key} filtered tooOld`),
      'INBOX 3 orphaned',
    ])
    assert.deepEqual(await all(differences(ledger.db, { job: job.id })), found)
    assert.equal((await all(differences(ledger.db, { job: job.id }, ['failed']))).length, 5)
  })
})
