import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, it } from 'mocha'
import { createAdaptiveGate } from '../../src/migration/adaptiveGate.ts'

const never = new AbortController().signal

/** How many get in without anybody leaving. */
async function capacity(gate: ReturnType<typeof createAdaptiveGate>, tried: number): Promise<number> {
  const leaves: (() => void)[] = []
  const given = new AbortController()
  const entering = Array.from({ length: tried }, () =>
    gate.enter(given.signal).then(
      leave => leaves.push(leave),
      () => undefined,
    ),
  )
  await sleep(1)
  given.abort()
  await Promise.all(entering)
  const inside = leaves.length
  for (const leave of leaves) leave()
  return inside
}

describe('adaptive gate', () => {
  it('lets so many in at once and no more', async () => {
    assert.equal(await capacity(createAdaptiveGate(4), 9), 4)
  })

  it('is halved when a server is busy, once for all who hear of it in the same moment', async () => {
    let now = 0
    const gate = createAdaptiveGate(8, () => now)
    gate.busy(0)
    gate.busy(0)
    assert.equal(await capacity(gate, 9), 4)
    now += 2000
    gate.busy(0)
    assert.equal(await capacity(gate, 9), 2)
  })

  it('never closes altogether', async () => {
    let now = 0
    const gate = createAdaptiveGate(2, () => now)
    for (let times = 0; times < 5; times++) {
      gate.busy(0)
      now += 2000
    }
    assert.equal(await capacity(gate, 9), 1)
  })

  it('opens by one after each quiet spell', async () => {
    let now = 0
    const gate = createAdaptiveGate(8, () => now)
    gate.busy(0)
    now += 11_000
    ;(await gate.enter(never))()
    assert.equal(await capacity(gate, 9), 5)
  })

  it('lets nobody in before the time the server asked for', async () => {
    const gate = createAdaptiveGate(8)
    gate.busy(30)
    const began = performance.now()
    ;(await gate.enter(never))()
    assert.ok(performance.now() - began >= 28)
  })
})
