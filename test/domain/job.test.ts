import assert from 'node:assert/strict'
import { listedTwice, refuseEmpty, sharedTargets, wrongConnections } from '../../src/domain/jobChecks.ts'
import { jobState, refuseRunning, start, stop } from '../../src/domain/jobState.ts'
import type { PairState } from '../../src/domain/pair.ts'
import { byTurn } from '../../src/domain/pairOrder.ts'
import { placeOf } from '../../src/domain/place.ts'
import { code, connection, exchange, imap, job, pair, stale } from './build.ts'

const states = {
  fresh: { state: 'new' },
  queued: { state: 'queued' },
  running: JSON.parse('{"state":"running","phase":"copy","owner":"e","epoch":1}'),
  waiting: { state: 'waiting', for: 'person', error: { code: 'mailbox.full', params: { mailbox: 'a', response: '' } } },
  stopped: { state: 'stopped' },
  failed: { state: 'failed', error: { code: 'internal', params: { detail: '' } } },
  done: { state: 'completed', at: '' },
  differing: { state: 'completedWithDifferences', at: '', differences: 1 },
} as const satisfies Record<string, PairState>

describe('a job', () => {
  it('lists each mailbox once on each side', () => {
    const twice = listedTwice('Move', [pair('a', 'x'), pair('A', 'y'), pair('b', 'X'), pair('a', 'z')])
    assert.deepEqual(
      twice.map(error => error.params),
      [
        { job: 'Move', mailbox: 'A', side: 'source' },
        { job: 'Move', mailbox: 'X', side: 'target' },
      ],
    )
    assert.deepEqual(listedTwice('Move', [pair('a', 'b'), pair('b', 'a')]), [])
  })

  it('takes one mailbox for another only by its immutable id where there is one', () => {
    const renamed = { source: { address: 'a', id: '1' }, target: { address: 'x' } }
    assert.equal(listedTwice('Move', [renamed, { source: { address: 'b', id: '1' }, target: { address: 'y' } }]).length, 1)
    assert.equal(listedTwice('Move', [renamed, { source: { address: 'a', id: '2' }, target: { address: 'y' } }]).length, 0)
  })

  it('writes to no mailbox that another job writes to, unless asked for', () => {
    const other = { job: job('Other'), place: 'p', pairs: [pair('x', 'Ann')] }
    const mine = { job: job('Move'), place: 'p', pairs: [pair('a', 'ann'), pair('b', 'bob')] }
    assert.deepEqual(
      sharedTargets(mine, [other, mine]).map(error => error.params),
      [{ mailbox: 'ann', job: 'Move', otherJob: 'Other' }],
    )
    assert.deepEqual(sharedTargets({ ...mine, place: 'q' }, [other]), [])
    assert.deepEqual(sharedTargets({ ...mine, job: job('Move', 'Old', 'New', { allowSharedTargets: true }) }, [other]), [])
  })

  it('has its connections on the right sides', () => {
    const all = [connection('Old'), connection('New', imap(), { role: 'target' })]
    const connections = new Map(all.map(one => [one.id, one]))
    assert.deepEqual(wrongConnections(job('Move'), connections), [])
    assert.deepEqual(wrongConnections(job('Move', 'New', 'Old'), connections).map(code), ['connection.role', 'connection.role'])
    assert.deepEqual(wrongConnections(job('Move', 'Old', 'Nowhere'), connections).map(code), ['connection.notFound'])
  })

  it('has pairs', () => {
    assert.equal(refuseEmpty(job('Move'), [])?.code, 'job.empty')
    assert.equal(refuseEmpty(job('Move'), [pair('a')]), undefined)
  })
})

describe('the place a connection leads to', () => {
  it('is an IMAP server, whatever its door, case and connection', () => {
    assert.equal(placeOf(connection('A', imap({ host: 'MAIL.example' }))), placeOf(connection('B', imap({ port: 143, tls: 'starttls' }))))
    assert.notEqual(placeOf(connection('A', imap({ port: 1993 }))), placeOf(connection('B', imap({ port: 1143 }))))
  })

  it('is the verified organisation otherwise, or nobody else’s', () => {
    assert.equal(placeOf(connection('A', exchange())), placeOf(connection('B', exchange())))
    assert.notEqual(
      placeOf(connection('A', exchange(), { verification: { state: 'unverified' } })),
      placeOf(connection('B', exchange(), { verification: { state: 'unverified' } })),
    )
  })
})

describe('the pairs of a job', () => {
  it('take their turn by priority, then by source mailbox', () => {
    const pairs = [
      ['b', 0],
      ['A', 0],
      ['z', 5],
      ['c', -1],
    ] as const
    const ordered = pairs.map(([address, priority]) => ({ priority, source: { address } })).toSorted(byTurn)
    assert.deepEqual(
      ordered.map(({ source }) => source.address),
      ['z', 'A', 'b', 'c'],
    )
  })
})

describe('the state of a job', () => {
  const move = job('Move')
  const wanted = { ...move, wanted: 'run' } as const
  const { fresh, queued, running, waiting, stopped, failed, done, differing } = states

  it('follows from its pairs: what goes on, then what is in the way, then how it ended', () => {
    assert.equal(jobState(move, []), 'empty')
    assert.equal(jobState(move, [fresh, fresh]), 'new')
    assert.equal(jobState(wanted, [running, failed, done]), 'running')
    assert.equal(jobState(wanted, [queued, done]), 'running')
    assert.equal(jobState(move, [running, queued]), 'stopping')
    assert.equal(jobState(wanted, [waiting, failed, done]), 'waiting')
    assert.equal(jobState(wanted, [failed, differing, done]), 'failed')
    assert.equal(jobState(move, [stopped, done]), 'stopped')
    assert.equal(jobState(move, [fresh, done]), 'stopped')
    assert.equal(jobState(wanted, [differing, done]), 'completedWithDifferences')
    assert.equal(jobState(wanted, [done]), 'completed')
  })

  it('changes by a start, again and again', () => {
    assert.deepEqual(start(move, [fresh], []), wanted)
    assert.deepEqual(start(wanted, [running], []), wanted)
    assert.deepEqual(start(move, [done], [], 'delta'), wanted)
  })

  it('can’t change to running without pairs or with a stale connection', () => {
    assert.equal(code(start(move, [], [])), 'job.empty')
    assert.equal(code(start(move, [fresh], [connection('Old', exchange(), { verification: stale })])), 'stale')
  })

  it('changes by a stop, where there is something to stop', () => {
    assert.deepEqual(stop(wanted, [running]), move)
    assert.deepEqual(stop(move, [waiting]), move)
    assert.equal(code(stop(move, [done])), 'job.notRunning')
  })

  it('keeps others from deleting and resetting it while it runs', () => {
    assert.deepEqual(refuseRunning(move, [done, running], 'resetting it')?.params, { job: 'Move', operation: 'resetting it' })
    assert.equal(refuseRunning(move, [queued, waiting], 'resetting it'), undefined)
  })
})
