import assert from 'node:assert/strict'
import { defaultJobSettings } from '../../src/domain/job.ts'
import { changedSince, changeNumber } from '../../src/ledger/changedSince.ts'
import { setVerification } from '../../src/ledger/editConnections.ts'
import { createJob, deleteJob, noteOfJob, setWanted, updateJob } from '../../src/ledger/editJobs.ts'
import { findJob, listJobs, wantedOf } from '../../src/ledger/jobs.ts'
import { listJournal } from '../../src/ledger/journal.ts'
import { queuePairs } from '../../src/ledger/leases.ts'
import { listPairs, pairStates } from '../../src/ledger/pairs.ts'
import { freshLedger, makeJob, runningPair, startedJob } from './support.ts'

describe('a job in the ledger', () => {
  it('is found by its id, and by its name without regard to case', async () => {
    await using fresh = await freshLedger()
    const { ledger } = fresh
    const job = await makeJob(ledger)
    assert.deepEqual(await findJob(ledger.db, 'MOVE'), job)
    assert.deepEqual(await findJob(ledger.db, job.id), job)
    assert.deepEqual(await listJobs(ledger.db), [job])
    await assert.rejects(findJob(ledger.db, 'mvoe'), { code: 'job.notFound', params: { name: 'mvoe', known: ['Move'] } })
  })

  it('has a name nobody else has, without forbidden characters', async () => {
    await using fresh = await freshLedger()
    const { ledger } = fresh
    const { source, target } = await makeJob(ledger)
    const create = (name: string) => ledger.write(tx => createJob(tx, { name, source, target, settings: defaultJobSettings }))
    await assert.rejects(create('move'), { code: 'name.taken', params: { kind: 'job', name: 'Move' } })
    await assert.rejects(create('a/b'), { code: 'name.forbidden' })
  })

  it('goes from a source to a target', async () => {
    await using fresh = await freshLedger()
    const { ledger } = fresh
    const { source, target } = await makeJob(ledger)
    const create = (from: typeof source, to: typeof source) =>
      ledger.write(tx => createJob(tx, { name: 'Back', source: from, target: to, settings: defaultJobSettings }))
    await assert.rejects(create(target, source), {
      code: 'connection.role',
      params: { connection: 'Move to', job: 'Back', role: 'source' },
    })
    await assert.rejects(create(source, source), {
      code: 'connection.role',
      params: { connection: 'Move from', job: 'Back', role: 'target' },
    })
  })

  it('takes other settings', async () => {
    await using fresh = await freshLedger()
    const { ledger } = fresh
    const job = await makeJob(ledger)
    const settings = { ...job.settings, policy: 'mirror', filters: { maxItemSize: 1000 } } as const
    await ledger.write(tx => updateJob(tx, job.id, settings))
    assert.deepEqual((await findJob(ledger.db, 'Move')).settings, settings)
  })

  it('does not start without pairs', async () => {
    await using fresh = await freshLedger()
    const job = await makeJob(fresh.ledger)
    await assert.rejects(
      fresh.ledger.write(tx => setWanted(tx, job.id, 'run')),
      { code: 'job.empty', params: { job: 'Move' } },
    )
  })

  it('does not start while one of its connections is stale', async () => {
    await using fresh = await freshLedger()
    const { ledger } = fresh
    const job = await makeJob(ledger, ['ann'])
    const recorded = { at: '2026-01-01T00:00:00.000Z', organisation: 'forest' }
    await ledger.write(tx =>
      setVerification(tx, job.target, { state: 'stale', recorded, reason: 'declared', detail: '', since: recorded.at }),
    )
    await assert.rejects(
      ledger.write(tx => setWanted(tx, job.id, 'run')),
      (error: { code: string; params: { connection: string } }) => {
        assert.deepEqual([error.code, error.params.connection], ['stale', 'Move to'])
        return true
      },
    )
    assert.equal(await wantedOf(ledger.db, job.id), 'stop')
  })

  it('that is stopped takes its pairs out of the queue', async () => {
    await using fresh = await freshLedger()
    const { ledger } = fresh
    const job = await startedJob(ledger, ['ann', 'bob'])
    assert.deepEqual(await pairStates(ledger.db, job.id), [{ state: 'queued', pairs: 2 }])
    await ledger.write(tx => setWanted(tx, job.id, 'stop'))
    assert.deepEqual(await pairStates(ledger.db, job.id), [{ state: 'stopped', pairs: 2 }])
    assert.equal(await wantedOf(ledger.db, job.id), 'stop')
  })

  it('is not deleted while a pair of it runs', async () => {
    await using running = await runningPair()
    const { ledger, job } = running
    await assert.rejects(
      ledger.write(tx => deleteJob(tx, job.id)),
      { code: 'job.running', params: { job: 'Move', operation: 'delete' } },
    )
  })

  it('is deleted with its pairs', async () => {
    await using fresh = await freshLedger()
    const { ledger } = fresh
    const job = await makeJob(ledger, ['ann'])
    await ledger.write(tx => deleteJob(tx, job.id))
    assert.deepEqual(await listJobs(ledger.db), [])
    assert.deepEqual(await listPairs(ledger.db, job.id), [])
  })
})

describe('change numbers', () => {
  it('tell what was written since, and nothing else', async () => {
    await using fresh = await freshLedger()
    const { ledger } = fresh
    const job = await makeJob(ledger, ['ann', 'bob'])
    const since = await changeNumber(ledger.db)
    const [ann] = await listPairs(ledger.db, job.id)
    await ledger.write(tx => queuePairs(tx, job.id, ann === undefined ? [] : [ann.id]))
    const { to, connections, jobs, pairs } = await changedSince(ledger.db, since)
    assert.deepEqual([connections, jobs, pairs.map(pair => pair.source.address)], [[], [], ['ann']])
    assert.deepEqual((await changedSince(ledger.db, to)).pairs, [])
  })

  it('tell of a job that was verified, which the cutover’s checklist waits for', async () => {
    await using fresh = await freshLedger()
    const { ledger } = fresh
    const job = await makeJob(ledger, ['ann'])
    const since = await changeNumber(ledger.db)
    await ledger.write(tx => noteOfJob(tx, job.id, 'job.verified', { checked: 1 }))
    assert.deepEqual(
      (await changedSince(ledger.db, since)).jobs.map(({ name }) => name),
      [job.name],
    )
    assert.equal((await listJournal(ledger.db, { limit: 1 }))[0]?.what, 'job.verified')
  })

  it('tell what was deleted', async () => {
    await using fresh = await freshLedger()
    const { ledger } = fresh
    const job = await makeJob(ledger)
    const since = await changeNumber(ledger.db)
    await ledger.write(tx => deleteJob(tx, job.id))
    assert.deepEqual(
      (await changedSince(ledger.db, since)).removed.map(row => ({ ...row })),
      [{ kind: 'job', id: job.id }],
    )
  })

  it('from zero tell all there is', async () => {
    await using fresh = await freshLedger()
    await makeJob(fresh.ledger, ['ann', 'bob'])
    const { connections, jobs, pairs } = await changedSince(fresh.ledger.db, 0)
    assert.deepEqual([connections.length, jobs.length, pairs.length], [2, 1, 2])
  })
})
