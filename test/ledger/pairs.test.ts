import assert from 'node:assert/strict'
import { defaultJobSettings, type Job } from '../../src/domain/job.ts'
import { createConnection } from '../../src/ledger/editConnections.ts'
import { createJob, updateJob } from '../../src/ledger/editJobs.ts'
import { addPairs, removePair, setPriority, updatePair } from '../../src/ledger/editPairs.ts'
import type { Ledger } from '../../src/ledger/ledger.ts'
import { findPair, jobCounts, listPairs, pairStates } from '../../src/ledger/pairs.ts'
import type { PairRow } from '../../src/ledger/rows.ts'
import { freshLedger, imap, makeJob, runningPair } from './support.ts'

const pair = (source: string, target = source, priority = 0) => ({ source: { address: source }, target: { address: target }, priority })
const sources = (pairs: readonly PairRow[]) => pairs.map(({ source }) => source.address)

/** A second job to the same target server, by another connection. */
const secondJob = (ledger: Ledger, allowSharedTargets = false, port = 993): Promise<Job> =>
  ledger.write(async tx => {
    const source = await createConnection(tx, { name: 'Second from', role: 'source', settings: imap('another.example') })
    const target = await createConnection(tx, { name: 'Second to', role: 'target', settings: imap('NEW.example.', port) })
    return createJob(tx, { name: 'Second', source: source.id, target: target.id, settings: { ...defaultJobSettings, allowSharedTargets } })
  })

describe('the pairs of a job', () => {
  it('are listed by priority, then source mailbox', async () => {
    await using fresh = await freshLedger()
    const { ledger } = fresh
    const { id } = await makeJob(ledger)
    await ledger.write(tx => addPairs(tx, id, [pair('cem'), pair('ann'), pair('Bob'), pair('zoe', 'zoe', 7)]))
    assert.deepEqual(sources(await listPairs(ledger.db, id)), ['zoe', 'ann', 'Bob', 'cem'])
  })

  it('come in pages', async () => {
    await using fresh = await freshLedger()
    const { ledger } = fresh
    const { id } = await makeJob(ledger)
    await ledger.write(tx => addPairs(tx, id, [pair('a', 'a', 1), pair('b', 'b', 2), pair('c', 'c', 2), pair('d'), pair('e')]))
    const first = await listPairs(ledger.db, id, { limit: 2 })
    const second = await listPairs(ledger.db, id, { limit: 2, ...lastOf(first) })
    const third = await listPairs(ledger.db, id, { limit: 2, ...lastOf(second) })
    assert.deepEqual([sources(first), sources(second), sources(third)], [['b', 'c'], ['a', 'd'], ['e']])
  })

  it('are added by thousands at once', async () => {
    await using fresh = await freshLedger()
    const { ledger } = fresh
    const { id } = await makeJob(ledger)
    await ledger.write(tx =>
      addPairs(
        tx,
        id,
        Array.from({ length: 5000 }, (_, n) => pair(`user${n}@example.org`)),
      ),
    )
    assert.deepEqual(await pairStates(ledger.db, id), [{ state: 'new', pairs: 5000 }])
    assert.equal((await jobCounts(ledger.db, id)).items, 0)
  })

  it('are found by either mailbox', async () => {
    await using fresh = await freshLedger()
    const { ledger } = fresh
    const { id } = await makeJob(ledger)
    await ledger.write(tx => addPairs(tx, id, [pair('ann@old', 'ann@new'), pair('bob@old', 'bob@new')]))
    assert.equal((await findPair(ledger.db, id, 'Bob@NEW')).source.address, 'bob@old')
    assert.equal((await findPair(ledger.db, id, 'ANN@old')).source.address, 'ann@old')
    await assert.rejects(findPair(ledger.db, id, 'cem@old'), { code: 'pair.notFound', params: { job: 'Move', mailbox: 'cem@old' } })
  })

  it('never have one mailbox twice on the same side', async () => {
    await using fresh = await freshLedger()
    const { ledger } = fresh
    const { id } = await makeJob(ledger)
    const add = (...pairs: ReturnType<typeof pair>[]) => ledger.write(tx => addPairs(tx, id, pairs))
    await add(pair('ann', 'anna'))
    const twice = (mailbox: string, side: string) => ({ code: 'pair.twice', params: { job: 'Move', mailbox, side } })
    await assert.rejects(add(pair('bob'), pair('BOB', 'bobby')), twice('BOB', 'source'))
    await assert.rejects(add(pair('cem', 'x'), pair('dan', 'X')), twice('X', 'target'))
    await assert.rejects(add(pair('ANN', 'other')), twice('ANN', 'source'))
    await assert.rejects(add(pair('eve', 'Anna')), twice('Anna', 'target'))
    assert.deepEqual(sources(await listPairs(ledger.db, id)), ['ann'])
  })

  it('don’t write where another job writes', async () => {
    await using fresh = await freshLedger()
    const { ledger } = fresh
    await makeJob(ledger, ['ann'])
    const second = await secondJob(ledger)
    const shared = { code: 'target.shared', params: { mailbox: 'Ann', job: 'Second', otherJob: 'Move' } }
    await assert.rejects(
      ledger.write(tx => addPairs(tx, second.id, [pair('bob'), pair('annika', 'Ann')])),
      shared,
    )
    assert.deepEqual(await listPairs(ledger.db, second.id), [])
  })

  it('may write where another job writes to another server', async () => {
    await using fresh = await freshLedger()
    const { ledger } = fresh
    await makeJob(ledger, ['ann'])
    const second = await secondJob(ledger, false, 10993)
    await ledger.write(tx => addPairs(tx, second.id, [pair('ann')]))
    assert.equal((await listPairs(ledger.db, second.id)).length, 1)
  })

  it('may write where another job writes when a person asked for it, until that is taken back', async () => {
    await using fresh = await freshLedger()
    const { ledger } = fresh
    await makeJob(ledger, ['ann'])
    const second = await secondJob(ledger, true)
    await ledger.write(tx => addPairs(tx, second.id, [pair('annika', 'ann')]))
    await assert.rejects(
      ledger.write(tx => updateJob(tx, second.id, defaultJobSettings)),
      { code: 'target.shared' },
    )
  })

  it('can be given another priority', async () => {
    await using fresh = await freshLedger()
    const { ledger } = fresh
    const { id } = await makeJob(ledger, ['ann', 'bob'])
    const bob = await findPair(ledger.db, id, 'bob')
    await ledger.write(tx => setPriority(tx, [bob.id], 9))
    assert.deepEqual(sources(await listPairs(ledger.db, id)), ['bob', 'ann'])
  })

  it('can be pointed at other mailboxes before anything was migrated', async () => {
    await using fresh = await freshLedger()
    const { ledger } = fresh
    const { id } = await makeJob(ledger, ['ann', 'bob'])
    const ann = await findPair(ledger.db, id, 'ann')
    await ledger.write(tx => updatePair(tx, ann.id, { source: { address: 'ann' }, target: { address: 'anna' } }))
    assert.equal((await findPair(ledger.db, id, 'anna')).id, ann.id)
    await assert.rejects(
      ledger.write(tx => updatePair(tx, ann.id, { source: { address: 'bob' }, target: { address: 'anna' } })),
      { code: 'pair.twice' },
    )
  })

  it('are not removed while they run', async () => {
    await using running = await runningPair()
    const { ledger, lease } = running
    await assert.rejects(
      ledger.write(tx => removePair(tx, lease.pair)),
      { code: 'pair.running' },
    )
  })

  it('are removed when they don’t', async () => {
    await using fresh = await freshLedger()
    const { ledger } = fresh
    const { id } = await makeJob(ledger, ['ann', 'bob'])
    const ann = await findPair(ledger.db, id, 'ann')
    await ledger.write(tx => removePair(tx, ann.id))
    assert.deepEqual(sources(await listPairs(ledger.db, id)), ['bob'])
  })
})

const lastOf = (page: readonly PairRow[]) => {
  const after = page.at(-1)
  return after === undefined ? {} : { after }
}
