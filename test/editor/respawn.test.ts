import assert from 'node:assert/strict'
import { createRespawn } from '../../src/editor/respawn.ts'

const minute = 60_000

describe('an engine that dies', () => {
  it('is started again after pauses that double, and is given up after the fifth', () => {
    const respawn = createRespawn()
    const pauses = Array.from({ length: 6 }, () => respawn.died(10)?.pause)
    assert.deepEqual(pauses, [500, 1000, 2000, 4000, 8000, undefined])
  })

  it('after a life of a minute counts as the first time', () => {
    const respawn = createRespawn()
    for (let death = 0; death < 20; death += 1) assert.deepEqual(respawn.died(minute), { attempt: 1, pause: 500 })
  })

  it('has all its chances again after a person asked', () => {
    const respawn = createRespawn()
    for (let death = 0; death < 6; death += 1) respawn.died(10)
    respawn.reset()
    assert.equal(respawn.died(10)?.pause, 500)
  })
})
