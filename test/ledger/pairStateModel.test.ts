import assert from 'node:assert/strict'
import fc from 'fast-check'
import { isError, MailferryError } from '../../src/domain/errors.ts'
import { isClaimable, type Leased, newLeased, next, type Outcome, type PairEvent } from '../../src/domain/pairState.ts'
import { setWanted } from '../../src/ledger/editJobs.ts'
import { checkLease } from '../../src/ledger/fence.ts'
import type { Lease } from '../../src/ledger/leaseBook.ts'
import { claimPair, queuePairs, releasePair, renewLeases } from '../../src/ledger/leases.ts'
import type { Ledger } from '../../src/ledger/ledger.ts'
import { findPair, getPair } from '../../src/ledger/pairs.ts'
import { engineOf, FakeClock, freshLedger, startedJob } from './support.ts'

const leaseMs = 60_000

type Step =
  | { readonly does: 'queue' | 'stop' }
  | { readonly does: 'claim' | 'renew' | 'write'; readonly who: 0 | 1 }
  | { readonly does: 'release'; readonly who: 0 | 1; readonly as: 'stopped' | 'completed' | 'waiting' }
  | { readonly does: 'wait'; readonly ms: number }

const who = fc.constantFrom<0 | 1>(0, 1)
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ does: fc.constantFrom<'queue' | 'stop'>('queue', 'queue', 'stop') }),
  fc.record({ does: fc.constantFrom<'claim' | 'renew' | 'write'>('claim', 'claim', 'renew', 'write'), who }),
  fc.record({ does: fc.constant('release' as const), who, as: fc.constantFrom('stopped', 'completed', 'waiting') }),
  fc.record({ does: fc.constant('wait' as const), ms: fc.constantFrom(1_000, 30_000, leaseMs) }),
)

/** The ledger and the domain's state machine side by side; every step is taken by both, and must have the same answer. */
async function sideBySide(ledger: Ledger, clock: FakeClock, name: string, steps: readonly Step[]): Promise<number> {
  const job = await startedJob(ledger, [name], {}, name)
  const { id } = await findPair(ledger.db, job.id, name)
  const engines = [await engineOf(ledger, leaseMs), await engineOf(ledger, leaseMs)] as const
  const leases: (Lease | undefined)[] = [undefined, undefined]
  let model: Leased = { ...newLeased(id), state: { state: 'queued' } }
  let wanted = true

  const take = (event: PairEvent): boolean => {
    const result = next(model, event)
    if (!(result instanceof MailferryError)) model = result
    return !(result instanceof MailferryError)
  }
  const outcomes: Record<'stopped' | 'completed' | 'waiting', () => Outcome> = {
    stopped: () => ({ state: 'stopped' }),
    completed: () => ({ state: 'completed', at: '2026-01-01T00:00:00.000Z' }),
    waiting: () => {
      const until = new Date(clock.time + 30_000).toISOString()
      return { state: 'waiting', for: 'server', until, error: { code: 'server.bye', params: { host: 'h', response: '' } } }
    },
  }
  /** An engine's every request to the ledger is a heartbeat for all it has. */
  const beat = (by: 0 | 1): boolean => {
    const { state } = model
    if (state.state !== 'running' || state.owner !== engines[by]) return false
    return take({ event: 'renew', by: engines[by], epoch: state.epoch, until: clock.time + leaseMs })
  }

  const taken: Record<Step['does'], (given: Step) => Promise<void>> = {
    wait: async given => clock.pass(given.does === 'wait' ? given.ms : 0),
    queue: async () => {
      await ledger.write(async tx => {
        await setWanted(tx, job.id, 'run')
        await queuePairs(tx, job.id)
      })
      wanted = true
      take({ event: 'queue' })
    },
    stop: async () => {
      await ledger.write(tx => setWanted(tx, job.id, 'stop'))
      wanted = false
      take({ event: 'stop' })
    },
    claim: async given => {
      if (!('who' in given)) return
      const by = engines[given.who]
      const lease = await claimPair(ledger, by, { job: job.id })
      beat(given.who)
      const free = wanted && isClaimable(model, by, clock.time)
      assert.equal(lease !== undefined, free, 'who may claim')
      if (lease === undefined) return
      leases[given.who] = lease
      take({ event: 'claim', by, now: clock.time, until: clock.time + leaseMs })
    },
    renew: async given => {
      if (!('who' in given)) return
      await renewLeases(ledger, engines[given.who])
      beat(given.who)
      take({ event: 'giveBack', now: clock.time, wanted: wanted ? 'run' : 'stop' })
    },
    write: async given => {
      const lease = 'who' in given ? leases[given.who] : undefined
      if (lease === undefined) return
      const allowed = await ledger
        .write(tx => checkLease(tx, lease))
        .then(
          () => true,
          error => {
            assert.ok(isError(error, 'lease.lost'))
            return false
          },
        )
      assert.equal(allowed, take({ event: 'commit', by: lease.engine, epoch: lease.epoch, phase: 'plan' }), 'who may write')
    },
    release: async given => {
      const lease = given.does === 'release' ? leases[given.who] : undefined
      if (lease === undefined || given.does !== 'release') return
      const as = outcomes[given.as]()
      assert.equal(
        await releasePair(ledger, lease, as),
        take({ event: 'release', by: lease.engine, epoch: lease.epoch, as }),
        'who may release',
      )
    },
  }
  for (const given of steps) {
    await taken[given.does](given)
    assert.deepEqual((await getPair(ledger.db, id)).state, model.state)
  }
  return model.epoch
}

describe('the ledger', () => {
  it('does with a pair what the domain’s state machine does, whatever engines ask for', async () => {
    const clock = new FakeClock()
    await using fresh = await freshLedger(clock)
    let runs = 0
    let epochs = 0
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 40, maxLength: 50, size: 'max' }), async steps => {
        runs += 1
        epochs = Math.max(epochs, await sideBySide(fresh.ledger, clock, `run ${runs}`, steps))
      }),
      { numRuns: 40, endOnFailure: true },
    )
    assert.ok(epochs > 2, 'pairs were taken over on the way')
  })
})
