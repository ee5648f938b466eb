import assert from 'node:assert/strict'
import { setWanted } from '../../src/ledger/editJobs.ts'
import { removePair, setPriority } from '../../src/ledger/editPairs.ts'
import { heartbeat, liveEngines, reapEngines, removeEngine } from '../../src/ledger/engines.ts'
import { LEASE_MS } from '../../src/ledger/leaseBook.ts'
import { claimPair, queuePairs, releasePair, renewLeases } from '../../src/ledger/leases.ts'
import type { Ledger } from '../../src/ledger/ledger.ts'
import { openLedger } from '../../src/ledger/openLedger.ts'
import { openPairWriter } from '../../src/ledger/openPairWriter.ts'
import { findPair, getPair, listPairs, pairStates } from '../../src/ledger/pairs.ts'
import { claim, engineOf, FakeClock, freshLedger, mails, saveFolder, startedJob } from './support.ts'

/** Two processes on one ledger, told apart by their own open ledgers, with one clock. */
async function twoEngines() {
  const clock = new FakeClock()
  const fresh = await freshLedger(clock)
  const other = await openLedger(fresh.ledger.path, clock)
  const job = await startedJob(fresh.ledger, ['ann'])
  return {
    clock,
    job,
    first: { ledger: fresh.ledger, engine: await engineOf(fresh.ledger) },
    second: { ledger: other, engine: await engineOf(other) },
    [Symbol.asyncDispose]: async () => {
      await other[Symbol.asyncDispose]()
      await fresh[Symbol.asyncDispose]()
    },
  }
}

const sourceOf = async (ledger: Ledger, lease: { pair: Parameters<typeof getPair>[1] } | undefined) =>
  lease === undefined ? undefined : (await getPair(ledger.db, lease.pair)).source.address

describe('claiming a pair', () => {
  it('takes them by priority, then source mailbox, each one once', async () => {
    await using fresh = await freshLedger()
    const { ledger } = fresh
    const job = await startedJob(ledger, ['cem', 'ann', 'bob'])
    await ledger.write(async tx => {
      const all = await listPairs(tx, job.id)
      await setPriority(
        tx,
        all.filter(({ source }) => source.address !== 'cem').map(({ id }) => id),
        9,
      )
    })
    const engine = await engineOf(ledger)
    const taken = []
    for (let n = 0; n < 4; n += 1) taken.push(await sourceOf(ledger, await claimPair(ledger, engine)))
    assert.deepEqual(taken, ['ann', 'bob', 'cem', undefined])
  })

  it('has exactly one winner for each pair, however many try at once', async () => {
    await using two = await twoEngines()
    const { first, second } = two
    const claims = await Promise.all([first, second, first, second].map(({ ledger, engine }) => claimPair(ledger, engine)))
    assert.equal(claims.filter(lease => lease !== undefined).length, 1)
  })

  it('raises the epoch and says who runs it', async () => {
    await using fresh = await freshLedger()
    const { ledger } = fresh
    const job = await startedJob(ledger, ['ann'])
    const engine = await engineOf(ledger)
    const lease = await claim(ledger, engine)
    assert.deepEqual((await findPair(ledger.db, job.id, 'ann')).state, { state: 'running', phase: 'plan', owner: engine, epoch: 1 })
    await releasePair(ledger, lease, { state: 'queued' })
    assert.equal((await claim(ledger, engine)).epoch, 2)
  })

  it('keeps to one job where that is asked for', async () => {
    await using fresh = await freshLedger()
    const { ledger } = fresh
    const job = await startedJob(ledger, ['ann'])
    const engine = await engineOf(ledger)
    const another = await startedJob(ledger, ['zoe'], {}, 'Another')
    assert.equal(await sourceOf(ledger, await claimPair(ledger, engine, { job: another.id })), 'zoe')
    assert.equal(await claimPair(ledger, engine, { job: another.id }), undefined)
    assert.equal(await sourceOf(ledger, await claimPair(ledger, engine, { job: job.id })), 'ann')
  })

  it('takes nothing of a job that is to stop', async () => {
    await using fresh = await freshLedger()
    const { ledger } = fresh
    const job = await startedJob(ledger, ['ann'])
    const engine = await engineOf(ledger)
    await ledger.write(tx => setWanted(tx, job.id, 'stop'))
    await ledger.write(tx => queuePairs(tx, job.id))
    assert.equal(await claimPair(ledger, engine), undefined)
  })

  it('takes a pair that waits for a server when its time has come', async () => {
    const clock = new FakeClock()
    await using fresh = await freshLedger(clock)
    const { ledger } = fresh
    await startedJob(ledger, ['ann'])
    const engine = await engineOf(ledger)
    const error = { code: 'host.timeout', params: { host: 'old.example', port: 993, ms: 1000 } } as const
    const until = new Date(clock.now() + 5000).toISOString()
    await releasePair(ledger, await claim(ledger, engine), { state: 'waiting', for: 'server', until, error })
    clock.pass(4999)
    assert.equal(await claimPair(ledger, engine), undefined)
    clock.pass(1)
    assert.notEqual(await claimPair(ledger, engine), undefined)
  })

  it('leaves a pair that waits for a person until somebody queues it', async () => {
    const clock = new FakeClock()
    await using fresh = await freshLedger(clock)
    const { ledger } = fresh
    const job = await startedJob(ledger, ['ann'])
    const engine = await engineOf(ledger)
    const error = { code: 'mailbox.full', params: { mailbox: 'ann', response: 'OVERQUOTA' } } as const
    await releasePair(ledger, await claim(ledger, engine), { state: 'waiting', for: 'person', error })
    clock.pass(LEASE_MS * 10)
    assert.equal(await claimPair(ledger, engine), undefined)
    assert.deepEqual((await findPair(ledger.db, job.id, 'ann')).state, { state: 'waiting', for: 'person', error })
    assert.equal(await ledger.write(tx => queuePairs(tx, job.id)), 1)
    assert.notEqual(await claimPair(ledger, engine), undefined)
  })
})

describe('a lease', () => {
  it('is taken over when it has expired, and not a millisecond before', async () => {
    await using two = await twoEngines()
    const { clock, first, second } = two
    await claim(first.ledger, first.engine)
    clock.pass(LEASE_MS - 1)
    assert.equal(await claimPair(second.ledger, second.engine), undefined)
    clock.pass(1)
    assert.equal((await claim(second.ledger, second.engine)).epoch, 2)
  })

  it('is renewed by a heartbeat', async () => {
    await using two = await twoEngines()
    const { clock, first, second } = two
    await claim(first.ledger, first.engine)
    clock.pass(LEASE_MS - 1)
    assert.deepEqual(await renewLeases(first.ledger, first.engine), [])
    clock.pass(LEASE_MS - 1)
    assert.equal(await claimPair(second.ledger, second.engine), undefined)
  })

  it('that was taken over is lost: the stale writer writes nothing and is told to stop', async () => {
    await using two = await twoEngines()
    const { clock, first, second } = two
    const stale = openPairWriter(first.ledger, await claim(first.ledger, first.engine))
    const folder = await saveFolder(stale, 'INBOX')
    clock.pass(LEASE_MS)
    const fresh = openPairWriter(second.ledger, await claim(second.ledger, second.engine))
    await fresh.commit([{ kind: 'intend', folder: folder.id, items: mails(1), next: 1 }])

    await assert.rejects(stale.commit([{ kind: 'done', folder: folder.id, items: [{ key: 1 }] }]), {
      code: 'lease.lost',
      params: { pair: stale.pair },
    })
    assert.equal(stale.lost.aborted, true)
    await assert.rejects(stale.saveFolders([]), { code: 'lease.lost' })
    await assert.rejects(stale.patchFolder(folder.id, { checkpoint: 'x' }), { code: 'lease.lost' })
    await assert.rejects(stale.setIncarnations('a', 'b'), { code: 'lease.lost' })
    await fresh.commit([{ kind: 'done', folder: folder.id, items: [{ key: 1 }] }])
    await fresh[Symbol.asyncDispose]()
    await stale[Symbol.asyncDispose]()
  })

  it('that was taken over can’t be released by the one who lost it', async () => {
    await using two = await twoEngines()
    const { clock, job, first, second } = two
    const lost = await claim(first.ledger, first.engine)
    clock.pass(LEASE_MS)
    const kept = await claim(second.ledger, second.engine)
    assert.equal(await releasePair(first.ledger, lost, { state: 'completed', at: '2026-01-01T00:00:00.000Z' }), false)
    assert.equal((await findPair(first.ledger.db, job.id, 'ann')).state.state, 'running')
    assert.equal(await releasePair(second.ledger, kept, { state: 'stopped' }), true)
  })

  it('that was taken over is noticed by the next heartbeat, even of an engine that had been removed', async () => {
    await using two = await twoEngines()
    const { clock, first, second } = two
    const lease = await claim(first.ledger, first.engine)
    const writer = openPairWriter(first.ledger, lease)
    clock.pass(LEASE_MS)
    await second.ledger.write(reapEngines)
    await claim(second.ledger, second.engine)
    assert.deepEqual(await renewLeases(first.ledger, first.engine), [lease])
    assert.equal(writer.lost.aborted, true)
    assert.equal((await liveEngines(first.ledger.db)).length, 2)
    await writer[Symbol.asyncDispose]()
  })

  it('that expired but that nobody took is simply renewed', async () => {
    await using two = await twoEngines()
    const { clock, first } = two
    await claim(first.ledger, first.engine)
    clock.pass(LEASE_MS + 1)
    assert.deepEqual(await renewLeases(first.ledger, first.engine), [])
  })
})

describe('the deadline of requests to a target', () => {
  it('lies well before the end of the lease, in monotonic time', async () => {
    await using two = await twoEngines()
    const { clock, first } = two
    const writer = openPairWriter(first.ledger, await claim(first.ledger, first.engine))
    assert.equal(writer.deadline(), clock.monotonic() + (LEASE_MS * 5) / 6)
    clock.pass(1000)
    assert.equal(writer.deadline(), clock.monotonic() + (LEASE_MS * 5) / 6 - 1000)
    await heartbeat(first.ledger, first.engine)
    assert.equal(writer.deadline(), clock.monotonic() + (LEASE_MS * 5) / 6)
    await writer[Symbol.asyncDispose]()
  })

  it('is over when the machine slept, though the monotonic clock stood still meanwhile', async () => {
    await using two = await twoEngines()
    const { clock, first } = two
    const writer = openPairWriter(first.ledger, await claim(first.ledger, first.engine))
    clock.time += 8 * 3_600_000
    assert.ok(writer.deadline() < clock.monotonic())
    await writer[Symbol.asyncDispose]()
  })

  it('is over when the wall clock was set back, and the lease’s time went by', async () => {
    await using two = await twoEngines()
    const { clock, first } = two
    const writer = openPairWriter(first.ledger, await claim(first.ledger, first.engine))
    clock.time -= 3_600_000
    clock.uptime += LEASE_MS
    assert.ok(writer.deadline() < clock.monotonic())
    await writer[Symbol.asyncDispose]()
  })

  it('is over for good once the lease is lost', async () => {
    await using two = await twoEngines()
    const { first } = two
    const lease = await claim(first.ledger, first.engine)
    const writer = openPairWriter(first.ledger, lease)
    first.ledger.leases.lose(lease)
    assert.equal(writer.deadline(), Number.NEGATIVE_INFINITY)
    await writer[Symbol.asyncDispose]()
  })

  it('passes by itself when the heartbeat stays out: the run is told', async () => {
    await using fresh = await freshLedger()
    const { ledger } = fresh
    await startedJob(ledger, ['ann'])
    const writer = openPairWriter(ledger, await claim(ledger, await engineOf(ledger, 60)))
    await new Promise(resolve => writer.lost.addEventListener('abort', resolve))
    assert.equal(writer.lost.reason.code, 'lease.lost')
    await writer[Symbol.asyncDispose]()
  })
})

describe('an engine', () => {
  it('is alive for one lease after its last heartbeat', async () => {
    const clock = new FakeClock()
    await using fresh = await freshLedger(clock)
    const { ledger } = fresh
    const engine = await engineOf(ledger)
    assert.deepEqual(
      (await liveEngines(ledger.db)).map(({ id, host, pid, version }) => [id, host, pid, version]),
      [[engine, 'here', process.pid, '0.1.0']],
    )
    clock.pass(LEASE_MS)
    assert.deepEqual(await liveEngines(ledger.db), [])
  })

  it('that ends in good order gives its pairs back at once', async () => {
    await using two = await twoEngines()
    const { first, second } = two
    await claim(first.ledger, first.engine)
    await removeEngine(first.ledger, first.engine)
    assert.equal((await claim(second.ledger, second.engine)).epoch, 2)
  })

  it('that died is reaped: its pairs are queued again, or stopped where that was wanted', async () => {
    await using two = await twoEngines()
    const { clock, job, first, second } = two
    await claim(first.ledger, first.engine)
    await second.ledger.write(tx => setWanted(tx, job.id, 'stop'))
    assert.deepEqual(await pairStates(second.ledger.db, job.id), [{ state: 'running', pairs: 1 }])
    clock.pass(LEASE_MS)
    await renewLeases(second.ledger, second.engine)
    assert.deepEqual(await pairStates(second.ledger.db, job.id), [{ state: 'stopped', pairs: 1 }])
    assert.deepEqual(
      (await liveEngines(second.ledger.db)).map(({ id }) => id),
      [second.engine],
    )
  })

  it('that died does not keep its pairs from being removed', async () => {
    await using two = await twoEngines()
    const { clock, first, second } = two
    const { pair } = await claim(first.ledger, first.engine)
    clock.pass(LEASE_MS)
    await second.ledger.write(tx => removePair(tx, pair))
  })
})
