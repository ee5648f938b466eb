import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { describe, it } from 'mocha'
import { createByteBudget } from '../../src/domain/byteBudget.ts'
import { defaultLimits } from '../../src/domain/job.ts'
import { connectionShare, createJobLimits } from '../../src/migration/throttle.ts'

const never = new AbortController().signal

describe('a pair’s share of the connections to a server', () => {
  const limits = { ...defaultLimits, connectionsPerServer: 8, pairsAtOnce: 4 }

  it('is all of them for the only pair', () => {
    assert.equal(connectionShare(limits, { running: 0, used: 0, toRun: 1 }), 8)
  })

  it('is an equal one where as many pairs run as may, and never more than all in sum', () => {
    let used = 0
    for (let running = 0; running < 4; running++) used += connectionShare(limits, { running, used, toRun: 10 })
    assert.equal(used, 8)
  })

  it('is what others have left for the last one, and one at least', () => {
    assert.equal(connectionShare(limits, { running: 1, used: 2, toRun: 2 }), 6)
    assert.equal(connectionShare(limits, { running: 3, used: 8, toRun: 4 }), 1)
  })
})

describe('byte budget', () => {
  it('lets requests in while there is room, then first come first served', async () => {
    const budget = createByteBudget(100)
    const order: string[] = []
    await budget.take(60, never)
    const large = budget.take(70, never).then(() => order.push('large'))
    const small = budget.take(10, never).then(() => order.push('small'))
    await sleep(1)
    assert.deepEqual(order, [])
    budget.give(60)
    await Promise.all([large, small])
    assert.deepEqual(order, ['large', 'small'])
  })

  it('lets one request larger than the whole budget through alone', async () => {
    const budget = createByteBudget(100)
    await budget.take(500, never)
    let second = false
    const waiting = budget.take(1, never).then(() => {
      second = true
    })
    await sleep(1)
    assert.equal(second, false)
    budget.give(500)
    await waiting
  })

  it('forgets who gave up waiting', async () => {
    const budget = createByteBudget(100)
    await budget.take(100, never)
    const impatient = new AbortController()
    const given = budget.take(100, impatient.signal)
    const after = budget.take(40, never)
    impatient.abort(new Error('stopped'))
    await assert.rejects(given, /stopped/)
    budget.give(100)
    await after
  })

  it('never has more out than its size, whatever is asked for', () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 100 }), { maxLength: 40 }), async sizes => {
        const budget = createByteBudget(100)
        let out = 0
        await Promise.all(
          sizes.map(async size => {
            await budget.take(size, never)
            out += size
            assert.ok(out <= 100)
            await Promise.resolve()
            out -= size
            budget.give(size)
          }),
        )
      }),
    ))
})

describe('rate of a job', () => {
  it('asks to wait once more was taken than a second allows', () => {
    const { rate } = createJobLimits({ ...defaultLimits, megabytesPerSecond: 1 }, () => 0)
    assert.equal(rate(900_000), undefined)
    assert.ok(rate(900_000) instanceof Promise)
  })

  it('never asks where no limit is set', () => {
    const { rate } = createJobLimits(defaultLimits)
    assert.equal(rate(1e12), undefined)
  })
})

describe('connections of a job', () => {
  it('are shared out among the pairs that run at once, at least one each', () => {
    assert.equal(createJobLimits({ ...defaultLimits, connectionsPerServer: 8, pairsAtOnce: 4 }).connections, 2)
    assert.equal(createJobLimits({ ...defaultLimits, connectionsPerServer: 2, pairsAtOnce: 4 }).connections, 1)
  })
})
