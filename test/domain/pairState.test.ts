import assert from 'node:assert/strict'
import fc from 'fast-check'
import { MailferryError } from '../../src/domain/errors.ts'
import { asEngineId, asPairId } from '../../src/domain/ids.ts'
import { isClaimable, type Leased, mayWrite, newLeased, next, type PairEvent } from '../../src/domain/pairState.ts'
import { code } from './build.ts'

const [one, two] = [asEngineId('one'), asEngineId('two')]
const fresh = newLeased(asPairId('ann'))

/** The pair after all these events, each of which must be possible. */
const steppedBy = (...events: PairEvent[]): Leased =>
  events.reduce((pair, event) => {
    const result = next(pair, event)
    if (result instanceof MailferryError) throw result
    return result
  }, fresh)

const claim = (by = one, now = 0, until = now + 60): PairEvent => ({ event: 'claim', by, now, until })
const release = (as: Extract<PairEvent, { event: 'release' }>['as'], by = one, epoch = 1): PairEvent => ({
  event: 'release',
  by,
  epoch,
  as,
})
const full = { code: 'mailbox.full', params: { mailbox: 'ann', response: '' } } as const

describe('a pair', () => {
  it('is queued, claimed, worked on and released', () => {
    const running = steppedBy({ event: 'queue' }, claim(), { event: 'commit', by: one, epoch: 1, phase: 'verify' })
    assert.deepEqual(running.state, { state: 'running', phase: 'verify', owner: one, epoch: 1 })
    assert.deepEqual(steppedBy({ event: 'queue' }, claim(), release({ state: 'completed', at: 'now' })).state, {
      state: 'completed',
      at: 'now',
    })
  })

  it('is claimed only when it is queued', () => {
    assert.equal(code(next(fresh, claim())), 'internal')
    assert.equal(code(next(steppedBy({ event: 'queue' }, claim(), release({ state: 'stopped' })), claim())), 'internal')
  })

  it('is taken over only after its lease has ended, under a new epoch', () => {
    const running = steppedBy({ event: 'queue' }, claim(one, 0, 60))
    assert.equal(code(next(running, claim(two, 59))), 'lease.held')
    const taken = steppedBy({ event: 'queue' }, claim(one, 0, 60), claim(two, 60))
    assert.deepEqual([taken.epoch, taken.state.state === 'running' && taken.state.owner], [2, two])
  })

  it('that was taken over is lost to who had it', () => {
    const taken = steppedBy({ event: 'queue' }, claim(one, 0, 60), claim(two, 60))
    for (const event of [
      { event: 'commit', by: one, epoch: 1, phase: 'copy' },
      { event: 'renew', by: one, epoch: 1, until: 200 },
      release({ state: 'stopped' }),
    ] as const) {
      assert.equal(code(next(taken, event)), 'lease.lost')
    }
  })

  it('that an engine was given again is lost to its own earlier run', () => {
    const again = steppedBy({ event: 'queue' }, claim(), release({ state: 'stopped' }), { event: 'queue' }, claim(one, 60))
    assert.equal(code(next(again, { event: 'commit', by: one, epoch: 1, phase: 'copy' })), 'lease.lost')
    assert.ok(mayWrite(again, one, 2, 61) && !mayWrite(again, one, 1, 61))
  })

  it('is taken from an engine whose lease has ended: to be run by another, or stopped where that is wanted', () => {
    const running = steppedBy({ event: 'queue' }, claim(one, 0, 60))
    assert.equal(next(running, { event: 'giveBack', now: 59, wanted: 'run' }), running)
    for (const [wanted, state] of [
      ['run', 'queued'],
      ['stop', 'stopped'],
    ] as const) {
      assert.deepEqual(next(running, { event: 'giveBack', now: 60, wanted }), { ...running, state: { state } })
    }
  })

  it('is not taken over by who has it', () => {
    assert.equal(code(next(steppedBy({ event: 'queue' }, claim(one, 0, 60)), claim(one, 60))), 'lease.held')
  })

  it('whose lease is renewed is held longer', () => {
    const renewed = steppedBy({ event: 'queue' }, claim(one, 0, 60), { event: 'renew', by: one, epoch: 1, until: 100 })
    assert.equal(code(next(renewed, claim(two, 99))), 'lease.held')
  })

  it('that waits for a person or credentials is resumed by them; for a server, by time as well', () => {
    const waiting = steppedBy({ event: 'queue' }, claim(), release({ state: 'waiting', for: 'person', error: full }))
    assert.ok(!isClaimable(waiting, one, Number.MAX_SAFE_INTEGER))
    assert.deepEqual(code(next(waiting, { event: 'resume' })), { ...waiting, state: { state: 'queued' } })
    const busy = steppedBy(
      { event: 'queue' },
      claim(),
      release({ state: 'waiting', for: 'server', until: '1970-01-01T00:00:01.000Z', error: full }),
    )
    assert.ok(!isClaimable(busy, one, 999) && isClaimable(busy, one, 1000))
  })

  it('that waits or is queued is stopped at once; one that runs is stopped by its owner', () => {
    assert.equal(steppedBy({ event: 'queue' }, { event: 'stop' }).state.state, 'stopped')
    const running = steppedBy({ event: 'queue' }, claim())
    assert.equal(next(running, { event: 'stop' }), running)
  })

  it('whose mailbox was replaced waits for a person', () => {
    const replaced = release({
      state: 'waiting',
      for: 'person',
      error: { code: 'mailbox.replaced', params: { mailbox: 'ann', side: 'target' } },
    })
    assert.equal(steppedBy({ event: 'queue' }, claim(), replaced, { event: 'queue' }).state.state, 'queued')
  })
})

/**
 * Engines as they really are: each acts on what it knew last, at any time, in any order, some suspended for long.
 * `renew` is believed by the engine only if the ledger took it; a write to the target is sent only while the engine's own lease lasts.
 */
describe('whatever engines do, and whenever they wake', () => {
  interface Step {
    readonly who: 0 | 1 | 2
    readonly what: 'claim' | 'renew' | 'commit' | 'write' | 'release' | 'queue' | 'stop' | 'giveBack'
    readonly pass: number
  }
  const step: fc.Arbitrary<Step> = fc.record({
    who: fc.constantFrom(0, 1, 2),
    what: fc.constantFrom('claim', 'renew', 'commit', 'write', 'write', 'release', 'queue', 'queue', 'stop', 'giveBack'),
    pass: fc.oneof(fc.nat(5), fc.nat(40)),
  })
  const lease = 30
  const engines = [asEngineId('a'), asEngineId('b'), asEngineId('c')] as const

  const history = (steps: readonly Step[]) => {
    let pair = fresh
    let now = 0
    const beliefs = new Map<number, { readonly epoch: number; readonly until: number }>()
    const ledgerWrites: number[] = []
    const targetWrites: { readonly at: number; readonly epoch: number }[] = []
    const allowed: boolean[] = []
    for (const { who, what, pass } of steps) {
      now += pass
      const by = engines[who]
      const belief = beliefs.get(who)
      if (what === 'write') {
        if (belief === undefined || now >= belief.until) continue
        targetWrites.push({ at: now, epoch: belief.epoch })
        allowed.push(mayWrite(pair, by, belief.epoch, now))
        continue
      }
      if (what === 'queue' || what === 'stop' || what === 'giveBack') {
        const result = next(pair, what === 'giveBack' ? { event: what, now, wanted: 'run' } : { event: what })
        if (!(result instanceof MailferryError)) pair = result
        continue
      }
      if (what !== 'claim' && belief === undefined) continue
      const until = now + lease
      const epoch = belief?.epoch ?? 0
      const result = next(
        pair,
        what === 'claim'
          ? { event: 'claim', by, now, until }
          : what === 'renew'
            ? { event: 'renew', by, epoch, until }
            : what === 'commit'
              ? { event: 'commit', by, epoch, phase: 'copy' }
              : { event: 'release', by, epoch, as: { state: 'stopped' } },
      )
      if (result instanceof MailferryError) {
        if (result.code === 'lease.lost') beliefs.delete(who)
        continue
      }
      pair = result
      if (what === 'claim' || what === 'renew') beliefs.set(who, { epoch: pair.epoch, until })
      if (what === 'commit') ledgerWrites.push(epoch)
      if (what === 'release') beliefs.delete(who)
    }
    return { pair, ledgerWrites, targetWrites, allowed }
  }
  const steps = fc.array(step, { minLength: 20, maxLength: 60, size: 'max' })
  const rising = (epochs: readonly number[]): boolean => epochs.every((epoch, at) => at === 0 || epoch >= (epochs[at - 1] ?? 0))

  it('the ledger takes no write of an epoch after one of a later epoch', () => {
    fc.assert(
      fc.property(steps, given => assert.ok(rising(history(given).ledgerWrites))),
      { numRuns: 500 },
    )
  })

  it('the target gets no write of an epoch after one of a later epoch', () => {
    fc.assert(
      fc.property(steps, given => assert.ok(rising(history(given).targetWrites.map(write => write.epoch)))),
      { numRuns: 500 },
    )
  })

  it('every write to the target is one the ledger would have allowed at that moment', () => {
    fc.assert(
      fc.property(steps, given => assert.ok(history(given).allowed.every(Boolean))),
      { numRuns: 500 },
    )
  })

  it('an epoch belongs to one engine', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(2), fc.nat(60)), { maxLength: 30, size: 'max' }), claims => {
        let pair = steppedBy({ event: 'queue' })
        let now = 0
        const owners = new Map<number, string>()
        for (const [who, pass] of claims) {
          now += pass
          const by = engines[who] ?? one
          const result = next(pair, { event: 'claim', by, now, until: now + lease })
          if (result instanceof MailferryError) continue
          assert.ok(!owners.has(result.epoch))
          owners.set(result.epoch, by)
          pair = result
        }
      }),
    )
  })

  it('the model does take pairs over, so that these laws say something', () => {
    const taken = fc
      .sample(steps, { numRuns: 500, seed: 1 })
      .filter(given => new Set(history(given).targetWrites.map(write => write.epoch)).size > 1)
    assert.ok(taken.length > 5, `${taken.length} of 500 histories`)
  })
})
