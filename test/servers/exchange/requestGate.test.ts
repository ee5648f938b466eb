import assert from 'node:assert/strict'
import { createRequestGate } from '../../../src/servers/exchange/session/requestGate.ts'
import { never } from '../imap/support.ts'

const turn = () => new Promise(resolve => setImmediate(resolve))

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

  it('halves them once for all that were under way when the server complained, and tries one more after each quiet spell', async () => {
    let now = 0
    const gate = createRequestGate(8, () => now)
    gate.tooMany()
    gate.tooMany()
    const inside = await admitted(gate)
    assert.equal(inside.length, 4)
    now += 11_000
    inside[0]?.()
    await turn()
    assert.equal(inside.length, 6)
    now += 1000
    inside[1]?.()
    await turn()
    assert.equal(inside.length, 7)
  })

  it('never closes for good', async () => {
    let now = 0
    const gate = createRequestGate(2, () => now)
    for (let complaint = 0; complaint < 10; complaint++, now += 2000) gate.tooMany()
    assert.equal((await admitted(gate)).length, 1)
  })

  it('lets none in before the time that a busy server asked for', async () => {
    const gate = createRequestGate(2)
    gate.busy(40)
    const began = performance.now()
    await gate.enter(never)
    assert.ok(performance.now() - began >= 39)
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
