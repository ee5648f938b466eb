import assert from 'node:assert/strict'
import { createRequestGate, type GateClock } from '../../../src/servers/exchange/session/requestGate.ts'
import { never } from '../imap/support.ts'

const turn = () => new Promise(resolve => setImmediate(resolve))

/** A clock that a test sets; nothing is called later. */
const at = (now: () => number): GateClock => ({ now, after: () => {} })

/** How many of some requests are let in at once. */
async function admitted(gate: ReturnType<typeof createRequestGate>, wanted = 20): Promise<(() => void)[]> {
  const inside: (() => void)[] = []
  for (let request = 0; request < wanted; request++)
    void gate.enter(AbortSignal.any([never])).then(
      leave => inside.push(leave),
      () => {},
    )
  await turn()
  return inside
}

describe('the gate of a session’s requests', () => {
  it('lets as many in as there are connections, the next when one leaves', async () => {
    const inside = await admitted(createRequestGate(3))
    assert.equal(inside.length, 3)
    inside[0]?.()
    await turn()
    assert.equal(inside.length, 4)
  })

  it('learns how many the server bears from how many it did not refuse', async () => {
    const gate = createRequestGate(8)
    const inside = await admitted(gate, 30)
    for (const refused of inside.slice(0, 3)) {
      gate.tooMany()
      refused()
    }
    await turn()
    assert.equal(inside.length, 8)
    inside[3]?.()
    await turn()
    assert.equal(inside.length, 9, 'five at once: the next goes in for the one that left')
  })

  it('tries one more after each quiet spell, and waits twice as long where that was one too many', async () => {
    let now = 0
    const gate = createRequestGate(
      8,
      at(() => now),
    )
    const inside = await admitted(gate, 40)
    let left = 0
    const leave = async (refused = false) => {
      if (refused) gate.tooMany()
      inside[left++]?.()
      await turn()
    }
    const atOnce = () => inside.length - left
    for (let refused = 0; refused < 4; refused++) await leave(true)
    assert.equal(atOnce(), 4)
    now += 10_001
    await leave()
    assert.equal(atOnce(), 5)
    await leave(true)
    assert.equal(atOnce(), 4)
    now += 10_001
    await leave()
    assert.equal(atOnce(), 4)
    now += 10_001
    await leave()
    assert.equal(atOnce(), 5)
  })

  it('never closes for good', async () => {
    let now = 0
    const gate = createRequestGate(
      2,
      at(() => now),
    )
    for (let complaint = 0; complaint < 10; complaint++, now += 2000) gate.tooMany()
    assert.equal((await admitted(gate)).length, 1)
  })

  it('lets none in before the time that a busy server asked for', async () => {
    const gate = createRequestGate(2)
    gate.busy(40, true)
    const began = performance.now()
    await gate.enter(never)
    assert.ok(performance.now() - began >= 39)
  })

  it('sends one request ahead when that time is over, and the others when it was let in', async () => {
    let now = 0
    const gate = createRequestGate(
      8,
      at(() => now),
    )
    gate.busy(1000, false)
    now += 1001
    const inside = await admitted(gate)
    assert.equal(inside.length, 1)
    gate.busy(1000, false)
    inside[0]?.()
    now += 1001
    const [next] = await admitted(gate, 1)
    assert.equal(inside.length, 2, 'who waits longest goes first')
    assert.equal(next, undefined)
    inside[1]?.()
    await turn()
    assert.equal(inside.length, 4, 'halved twice')
  })

  it('lets only one request at a time spend what flows back into a spent budget', async () => {
    let now = 0
    const gate = createRequestGate(
      8,
      at(() => now),
    )
    await admitted(gate, 8).then(inside => {
      gate.busy(1000, true)
      for (const leave of inside) leave()
    })
    now += 1001
    const inside = await admitted(gate)
    for (let sent = 1; sent < 5; sent++, now += 10_000) {
      assert.equal(inside.length, sent)
      inside[sent - 1]?.()
      await turn()
    }
    now += 30_000
    inside[4]?.()
    await turn()
    assert.equal(inside.length, 7, 'after a minute one more is tried')
  })

  it('pauses after each request as long as it was told to wait after the last ones', async () => {
    let now = 0
    const gate = createRequestGate(
      8,
      at(() => now),
    )
    gate.busy(100, true)
    now += 101
    const takes = async (ms: number) => {
      const leave = await gate.enter(never)
      now += ms
      return leave
    }
    ;(await takes(400))()
    ;(await takes(400))()
    const refused = await takes(1)
    gate.busy(160, true)
    refused()
    now += 161
    ;(await takes(1000))()
    const inside = await admitted(gate, 1)
    assert.equal(inside.length, 0)
    now += 224
    await admitted(gate, 1)
    assert.equal(inside.length, 0, '160 of 800 ms, and a little: 22.5 % of 1000 ms')
    now += 2
    await admitted(gate, 1)
    assert.equal(inside.length, 1)
  })

  it('does not take a request that was refused at once for work', async () => {
    let now = 0
    const gate = createRequestGate(
      8,
      at(() => now),
    )
    for (let times = 0; times < 3; times++) {
      gate.busy(10_000, true)
      now += 10_001
      const leave = await gate.enter(never)
      now += 1
      gate.busy(10_000, true)
      leave()
      now += 10_001
    }
    ;(await gate.enter(never))()
    const [next] = await admitted(gate, 1)
    assert.ok(next, 'no pause was learned')
  })

  it('forgets those who give up waiting', async () => {
    const gate = createRequestGate(1)
    const leave = await gate.enter(never)
    const giving = new AbortController()
    const waiting = gate.enter(giving.signal)
    giving.abort()
    await assert.rejects(waiting)
    const next = gate.enter(never)
    leave()
    await next
  })
})
