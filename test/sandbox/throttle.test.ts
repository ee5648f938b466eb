import assert from 'node:assert/strict'
import type { RequestInfo } from '../../src/sandbox/exchange/faults.ts'
import { defaultPolicy, policyOf2010 } from '../../src/sandbox/throttling/policy.ts'
import { type Admission, createThrottle } from '../../src/sandbox/throttling/throttle.ts'

const request = (options: Partial<RequestInfo> = {}): RequestInfo => ({
  operation: 'GetItem',
  count: 10,
  size: 1000,
  caller: 'service',
  actingAs: 'anna',
  ...options,
})

/** Ends a request; answers how long its answer was held back. */
const finish = (admission: Admission, bytes = 0): number => {
  if (admission.kind === 'refused') return Number.NaN
  admission.release()
  return admission.charge(bytes)
}
const told = (admission: Admission) => (admission.kind === 'refused' ? admission.fault : undefined)

describe('the sandbox’s throttling', () => {
  for (const [name, policy, most] of [
    ['Exchange 2013 and later', defaultPolicy, 27],
    ['Exchange 2010', policyOf2010, 10],
  ] as const) {
    it(`lets ${most} requests run at once on ${name}, for each mailbox that is impersonated`, () => {
      const throttle = createThrottle(policy, () => 0)
      const running = Array.from({ length: most }, () => throttle.admit(request()))
      assert.deepEqual(told(throttle.admit(request())), { code: 'ErrorExceededConnectionCount', as: 'fault' })
      assert.equal(throttle.admit(request({ actingAs: 'ben' })).kind, 'admitted')
      assert.equal(throttle.admit(request({ caller: 'anna' })).kind, 'admitted')
      for (const admission of running.slice(0, 1)) finish(admission)
      assert.equal(throttle.admit(request()).kind, 'admitted')
      assert.deepEqual([throttle.peakConcurrency, throttle.refused], [most, 1])
    })
  }

  it('refuses who is overdrawn to the cutoff, says for how long, and means it', () => {
    let now = 0
    const policy = { ewsMaxConcurrency: 27, ewsMaxBurst: 1000, ewsRechargeRate: 1_800_000, ewsCutoffBalance: 3000 }
    const throttle = createThrottle(policy, () => now)
    const delays: number[] = []
    let refused = throttle.admit(request())
    for (; refused.kind === 'admitted'; refused = throttle.admit(request({ count: 40 }))) delays.push(finish(refused))
    const fault = told(refused)
    assert.ok(fault?.code === 'ErrorServerBusy' && fault.backOffMilliseconds > 0)

    now += fault.backOffMilliseconds - 1
    assert.equal(throttle.admit(request()).kind, 'refused')
    now += 1
    assert.equal(throttle.admit(request()).kind, 'admitted')
    // Nothing is slowed down within the burst; then ever more, up to the pace of the recharge: half of real time here.
    assert.equal(delays[0], 0)
    assert.ok(delays.every((delay, index) => delay >= (delays[index - 1] ?? 0)))
    assert.ok((delays.at(-1) ?? 0) <= 170)
  })

  it('gives back by the hour what was used, up to the burst', () => {
    let now = 0
    const throttle = createThrottle({ ...defaultPolicy, ewsMaxBurst: 1000 }, () => now)
    while (finish(throttle.admit(request({ count: 200 }))) === 0);
    now += 3_600_000
    assert.equal(finish(throttle.admit(request({ count: 200 }))), 0)
  })

  it('throttles nobody where there is no policy', () => {
    const throttle = createThrottle(undefined, () => 0)
    const all = Array.from({ length: 1000 }, () => throttle.admit(request({ count: 1000 })))
    assert.ok(all.every(({ kind }) => kind === 'admitted'))
    assert.ok(all.every(admission => finish(admission, 1e9) === 0))
  })
})
