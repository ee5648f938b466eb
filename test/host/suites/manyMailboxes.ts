import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { running, toNowhere, until } from '../support.ts'

const count = 5000

/** Watches, until stopped, how many milliseconds of processor time this thread spends in one turn of its event loop at most. */
function watchTurns(): () => number {
  let longest = 0
  let last = process.threadCpuUsage()
  const timer = setInterval(() => {
    const { user, system } = process.threadCpuUsage(last)
    last = process.threadCpuUsage()
    longest = Math.max(longest, (user + system) / 1000)
  }, 1)
  return () => {
    clearInterval(timer)
    return longest
  }
}

describe('many mailboxes', function () {
  this.timeout(90_000)

  it('are shown and changed, all 5,000 of them, without holding the extension host up for 50 ms', async () => {
    const { engine, mirror, views } = await running()
    await engine.call('connection.save', { connection: toNowhere('large', 'source') })
    await engine.call('connection.save', { connection: toNowhere('larger', 'target') })
    const add = Array.from({ length: count }, (_, n) => ({ source: `user${String(n).padStart(4, '0')}` }))
    const { id } = await engine.call('job.save', { job: { name: 'Many', source: 'large', target: 'larger' }, add })
    await until('the tree has the job', () => mirror.job(id) !== undefined)
    const all = Array.from({ length: count / 1000 }, (_, n) =>
      engine.call('job.pairs', { name: id, offset: n * 1000, limit: 1000 }).then(({ list }) => list.map(pair => pair.id)),
    )
    const pairs = (await Promise.all(all)).flat()
    const longest = watchTurns()
    await views.showJob(id)
    // A person looks at three pages of them.
    await mirror.pairs(id)
    for (let page = 2; page <= 3; page += 1) await mirror.readMorePairs(id)
    const [last] = (await mirror.pairs(id)).pairs.slice(-1)
    assert.ok(last)
    for (let priority = 1; priority <= 3; priority += 1) {
      await engine.call('job.prioritise', { name: id, priorities: [{ pairs, priority }] })
      await until('the views have it', () => mirror.pair(id, last.id)?.priority === priority)
    }
    await sleep(1000)
    const milliseconds = longest()
    assert.ok(milliseconds < 50, `one turn took ${milliseconds} ms`)
  })
})
