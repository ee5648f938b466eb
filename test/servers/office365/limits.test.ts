import assert from 'node:assert/strict'
import fc from 'fast-check'
import { adaptiveLimit } from '../../../src/servers/office365/limits/adaptiveLimit.ts'
import { windowLimit } from '../../../src/servers/office365/limits/windowLimit.ts'
import { never } from '../imap/support.ts'

describe('a limit of so much in a stretch of time', () => {
  const gap = fc.record({ after: fc.integer({ min: 0, max: 400 }), amount: fc.integer({ min: 1, max: 30 }) })

  it('holds in every window, wherever it begins, and never makes anybody wait longer than a window', () => {
    fc.assert(
      fc.property(fc.array(gap, { maxLength: 60 }), wishes => {
        let now = 0
        const limit = windowLimit({ amount: 100, ms: 1000 }, () => now)
        const used: { at: number; amount: number }[] = []
        for (const { after, amount } of wishes) {
          now += after
          let waited = 0
          for (let ms = limit.wait(amount); ms > 0; ms = limit.wait(amount)) {
            now += ms
            waited += ms
          }
          assert.ok(waited <= 1000 + 1000 / 60)
          limit.use(amount)
          used.push({ at: now, amount })
        }
        for (const { at } of used) {
          const inWindow = used.filter(other => other.at > at - 1000 && other.at <= at).reduce((sum, { amount }) => sum + amount, 0)
          assert.ok(inWindow <= 100)
        }
      }),
    )
  })

  it('lets the whole of it be used at once, and 97 % of it in the long run', () => {
    let now = 0
    const limit = windowLimit({ amount: 100, ms: 1000 }, () => now)
    let count = 0
    while (now < 100_000) {
      now += limit.wait(1)
      limit.use(1)
      count += 1
    }
    assert.ok(count >= 9_700 && count <= 10_100)
  })

  it('lets something larger than itself through an empty window', () => {
    let now = 0
    const limit = windowLimit({ amount: 100, ms: 1000 }, () => now)
    limit.use(1)
    now = limit.wait(500)
    assert.ok(now > 0)
    assert.equal(limit.wait(500), 0)
  })
})

describe('a limit of so many at once', () => {
  it('halves when it is refused, never below the least, and grows by one after many successes', () => {
    const limit = adaptiveLimit({ start: 4, least: 1, most: 4 })
    limit.refused()
    limit.refused()
    limit.refused()
    assert.equal(limit.limit, 1)
    for (let done = 0; done < 50; done += 1) limit.succeeded()
    assert.equal(limit.limit, 2)
    for (let done = 0; done < 10_000; done += 1) limit.succeeded()
    assert.equal(limit.limit, 4)
  })

  it('lets those who wait go in turn, a stopped one aside', async () => {
    const limit = adaptiveLimit({ start: 2, least: 1, most: 2 })
    const order: string[] = []
    const leave = await limit.take(2, never)
    const stop = new AbortController()
    const stopped = assert.rejects(limit.take(1, stop.signal))
    const second = limit.take(2, never).then(go => {
      order.push('second')
      return go
    })
    const third = limit.take(1, never).then(() => order.push('third'))
    stop.abort()
    await stopped
    leave()
    const leaveSecond = await second
    assert.deepEqual(order, ['second'])
    leaveSecond()
    await third
  })
})
