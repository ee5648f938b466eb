import assert from 'node:assert/strict'
import { defaultPolicy, type ThrottlingPolicy } from '../../../src/sandbox/throttling/policy.ts'
import { createThrottle } from '../../../src/sandbox/throttling/throttle.ts'
import { createRequestGate } from '../../../src/servers/exchange/session/requestGate.ts'
import { never } from '../imap/support.ts'

const hour = 3_600_000

/** Time that passes only when nothing is left to be done in it. */
function simulatedTime() {
  let now = 0
  const events: { readonly at: number; readonly then: () => void }[] = []
  const after = (ms: number, then: () => void): void => {
    events.push({ at: now + ms, then })
    events.sort((a, b) => a.at - b.at)
  }
  return {
    clock: { now: () => now, after },
    wait: (ms: number) => new Promise<void>(resolve => after(ms, resolve)),
    async runUntil(end: number): Promise<void> {
      for (;;) {
        await new Promise(resolve => setImmediate(resolve))
        const next = events[0]
        if (!next || next.at > end) return
        events.shift()
        now = Math.max(now, next.at)
        next.then()
      }
    },
  }
}

interface Load {
  readonly policy: ThrottlingPolicy
  readonly most: number
  /** Milliseconds until a request is at the server, and its answer back. */
  readonly roundTrip: number
  /** Milliseconds that the server works on a request, held back or not. */
  readonly works: number
  /** Milliseconds that all of it lasts. */
  readonly duration: number
}

/** A mailbox that always has something to send, against the sandbox's model of Exchange's policy; requests of 50 small items. */
async function run({ policy, most, roundTrip, works, duration }: Load) {
  const { clock, wait, runUntil } = simulatedTime()
  const throttle = createThrottle(policy, clock.now)
  const gate = createRequestGate(most, clock)
  const info = { caller: 'admin', actingAs: 'ann', operation: 'UploadItems', count: 50, size: 1_000_000 }
  let sent = 0
  const worker = async () => {
    while (clock.now() < duration) {
      const leave = await gate.enter(never)
      sent++
      await wait(roundTrip / 2)
      const admission = throttle.admit(info)
      if (admission.kind === 'admitted') {
        await wait(works)
        await wait(admission.charge(1000))
        admission.release()
      }
      await wait(roundTrip / 2)
      if (admission.kind === 'refused') {
        const { code } = admission.fault
        if (code === 'ErrorServerBusy')
          gate.busy('backOffMilliseconds' in admission.fault ? (admission.fault.backOffMilliseconds ?? 0) : 0, true)
        else gate.tooMany()
      }
      leave()
    }
  }
  for (let n = 0; n < 40; n++) void worker()
  await runUntil(duration)
  const allowed = policy.ewsMaxBurst + policy.ewsCutoffBalance + (policy.ewsRechargeRate * duration) / hour
  return { sent, refused: throttle.refused, share: throttle.used / allowed }
}

describe('the gate of a session’s requests, within a throttling policy', () => {
  for (const roundTrip of [1, 40])
    for (const works of [20, 220]) {
      it(`uses what Exchange’s default policy allows in four hours, with next to no request refused (${roundTrip} ms round trip, ${works} ms a request)`, async () => {
        const { share, refused, sent } = await run({ policy: defaultPolicy, most: 8, roundTrip, works, duration: 4 * hour })
        assert.ok(share >= 0.97, `${share}`)
        assert.ok(refused / sent < 0.002, `${refused} of ${sent}`)
      })
    }

  it('keeps to fewer requests at once than it may have connections, once the server said so', async () => {
    const policy = { ...defaultPolicy, ewsMaxConcurrency: 5, ewsMaxBurst: Number.POSITIVE_INFINITY }
    const { refused, sent } = await run({ policy, most: 8, roundTrip: 1, works: 220, duration: 600_000 })
    assert.ok(refused <= 10, `${refused} of ${sent}`)
  })
})
