import assert from 'node:assert/strict'
import { setVerification } from '../../src/ledger/editConnections.ts'
import { deleteJob } from '../../src/ledger/editJobs.ts'
import { foldersOf } from '../../src/ledger/folders.ts'
import { listJournal } from '../../src/ledger/journal.ts'
import { releasePair } from '../../src/ledger/leases.ts'
import type { Ledger } from '../../src/ledger/ledger.ts'
import { openPairWriter } from '../../src/ledger/openPairWriter.ts'
import { getPair, noCounts } from '../../src/ledger/pairs.ts'
import { adoptionDone, forgetPair } from '../../src/ledger/resets.ts'
import { sweepForgotten } from '../../src/ledger/sweepForgotten.ts'
import { claim, mails, type Running, runningPair } from './support.ts'

const rowsIn = async (ledger: Ledger, table: 'items' | 'folders') =>
  (
    await ledger.db
      .selectFrom(table)
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow()
  ).n

/** A pair that has migrated three items and stopped. */
async function stopped(): Promise<Running> {
  const running = await runningPair()
  const { ledger, writer, folder, lease } = running
  await writer.commit([{ kind: 'intend', folder: folder.id, items: mails(1, 2, 3), next: 1 }])
  await writer.setIncarnations('old', 'new')
  writer.progress('copy', { ...noCounts, items: 3 })
  await releasePair(ledger, lease, { state: 'stopped' })
  return running
}

describe('resetting a pair', () => {
  it('forgets its folders, items, counts and incarnations', async () => {
    await using running = await stopped()
    const { ledger, lease } = running
    const before = await getPair(ledger.db, lease.pair)
    assert.deepEqual([before.counts.items, before.sourceIncarnation, before.targetIncarnation], [3, 'old', 'new'])
    await ledger.write(tx => forgetPair(tx, lease.pair, { mode: 'forget' }))
    const after = await getPair(ledger.db, lease.pair)
    assert.deepEqual(
      [after.state, after.counts, after.sourceIncarnation, after.targetIncarnation],
      [{ state: 'new' }, noCounts, undefined, undefined],
    )
    assert.deepEqual(await foldersOf(ledger.db, lease.pair), [])
    assert.equal((await listJournal(ledger.db, { subject: lease.pair }))[0]?.what, 'pair.reset')
  })

  it('to adopt is remembered until the adoption is complete', async () => {
    await using running = await stopped()
    const { ledger, lease, engine, job } = running
    await ledger.write(tx => forgetPair(tx, lease.pair, { mode: 'adopt' }))
    assert.equal((await getPair(ledger.db, lease.pair)).adopt, true)
    await ledger.write(tx => tx.updateTable('pairs').set({ state: 'queued' }).where('job', '=', job.id).execute())
    const next = await claim(ledger, engine)
    assert.equal((await getPair(ledger.db, lease.pair)).adopt, true)
    await ledger.write(tx => adoptionDone(tx, next))
    assert.equal((await getPair(ledger.db, lease.pair)).adopt, false)
  })

  it('is refused while it runs, unless by the one who runs it', async () => {
    await using running = await runningPair()
    const { ledger, lease } = running
    await assert.rejects(
      ledger.write(tx => forgetPair(tx, lease.pair, { mode: 'forget' })),
      { code: 'pair.running' },
    )
    const stale = { ...lease, epoch: lease.epoch - 1 }
    await assert.rejects(
      ledger.write(tx => forgetPair(tx, lease.pair, { mode: 'remove', lease: stale })),
      { code: 'lease.lost' },
    )
    await ledger.write(tx => forgetPair(tx, lease.pair, { mode: 'remove', lease }))
    assert.equal((await getPair(ledger.db, lease.pair)).state.state, 'running')
  })

  it('is refused while a connection of its job is stale', async () => {
    await using running = await stopped()
    const { ledger, lease, job } = running
    const recorded = { at: '2026-01-01T00:00:00.000Z', organisation: 'forest' }
    await ledger.write(tx =>
      setVerification(tx, job.source, { state: 'stale', recorded, reason: 'declared', detail: '', since: recorded.at }),
    )
    await assert.rejects(
      ledger.write(tx => forgetPair(tx, lease.pair, { mode: 'forget' })),
      { code: 'stale' },
    )
  })

  it('lets the next run begin with folders of its own', async () => {
    await using running = await stopped()
    const { ledger, lease, engine, folder } = running
    await ledger.write(tx => forgetPair(tx, lease.pair, { mode: 'forget' }))
    await ledger.write(tx => tx.updateTable('pairs').set({ state: 'queued' }).execute())
    const writer = openPairWriter(ledger, await claim(ledger, engine))
    const [again] = await writer.saveFolders([{ sourceId: 'INBOX', sourcePath: ['INBOX'], sourceValidity: '1' }])
    assert.notEqual(again?.id, folder.id)
    await writer[Symbol.asyncDispose]()
  })
})

describe('what was forgotten', () => {
  it('is deleted in slices that hold nobody up, and nothing else is', async () => {
    await using running = await runningPair()
    const { ledger, writer, folder, lease, job } = running
    await writer.commit([{ kind: 'intend', folder: folder.id, items: mails(...Array.from({ length: 12_000 }, (_, n) => n)), next: 1 }])
    await ledger.write(tx => forgetPair(tx, lease.pair, { mode: 'forget', lease }))
    const [kept] = await writer.saveFolders([{ sourceId: 'INBOX', sourcePath: ['INBOX'], sourceValidity: '1' }])
    await writer.commit([{ kind: 'intend', folder: kept?.id ?? 0, items: mails(1), next: 1 }])
    await sweepForgotten(ledger)
    assert.deepEqual([await rowsIn(ledger, 'items'), await rowsIn(ledger, 'folders')], [1, 1])
    await releasePair(ledger, lease, { state: 'stopped' })
    await ledger.write(tx => deleteJob(tx, job.id))
    await sweepForgotten(ledger)
    assert.deepEqual([await rowsIn(ledger, 'items'), await rowsIn(ledger, 'folders')], [0, 0])
  })

  it('stays for the next sweep when this one is cut short', async () => {
    await using running = await stopped()
    const { ledger, lease } = running
    await ledger.write(tx => forgetPair(tx, lease.pair, { mode: 'forget' }))
    await sweepForgotten(ledger, AbortSignal.abort())
    assert.equal(await rowsIn(ledger, 'items'), 3)
    await sweepForgotten(ledger)
    assert.equal(await rowsIn(ledger, 'items'), 0)
  })
})
