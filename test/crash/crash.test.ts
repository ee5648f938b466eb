import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { seeded } from '../support/random.ts'
import { leaseMs, startEngine } from './engineProcess.ts'
import { killAtRandom } from './killAtRandom.ts'
import { startScene } from './scene.ts'
import { suspend } from './suspend.ts'

/** What the product can do without: no UIDs in answers, one message to a command, literals announced one by one. */
const bare = { capability: 'IMAP4rev1' }

describe('an engine that dies', () => {
  it('loses nothing and doubles nothing, killed at six random instants', async function () {
    this.timeout(150_000)
    await using scene = await startScene({ seed: 1, messages: 250, bytesPerSecond: 500_000 })
    const { kills } = await killAtRandom(scene, { seed: 1, kills: 6, longestMs: 700, delivery: 100 })
    assert.equal(kills, 6)
    assert.deepEqual(await scene.differences(), [])
  })

  it('loses nothing and doubles nothing on a target without extensions, killed at four random instants', async function () {
    this.timeout(150_000)
    await using scene = await startScene({ seed: 2, messages: 100, bytesPerSecond: 400_000, target: bare })
    await killAtRandom(scene, { seed: 2, kills: 4, longestMs: 700, delivery: 60 })
    assert.deepEqual(await scene.differences(), [])
  })
})

describe('servers that drop connections and stand still at random', () => {
  it('get everything once', async function () {
    this.timeout(150_000)
    const faults = { cutEveryBytes: 150_000, cutEveryMs: 2000, stallEveryMs: 1500, stallMs: 200 }
    await using scene = await startScene({ seed: 3, messages: 150, bytesPerSecond: 800_000, faults })
    let code: number | undefined
    for (let runs = 0; runs < 5 && code !== 0; runs++) code = await startEngine(scene).ended
    assert.equal(code, 0)
    assert.ok(scene.proxies.every(proxy => proxy.stats().cuts > 0))
    assert.deepEqual(await scene.differences(), [])
  })
})

describe('two engines', () => {
  it('that race for the same job write nothing twice', async function () {
    this.timeout(150_000)
    await using scene = await startScene({ seed: 4, messages: 150, bytesPerSecond: 800_000 })
    const engines = [startEngine(scene), startEngine(scene)]
    assert.deepEqual(
      await Promise.all(engines.map(engine => engine.ended)),
      [0, 0],
      engines.map(engine => engine.output().slice(-1000)).join('\n'),
    )
    assert.deepEqual(await scene.differences(), [])
  })

  for (const [name, wakeAfterMs] of Object.entries({ 'while the other works': leaseMs + 700, 'after the other finished': undefined })) {
    it(`write nothing twice when one is suspended past its lease and woken ${name}`, async function () {
      this.timeout(150_000)
      await using scene = await startScene({ seed: 5, messages: 150, bytesPerSecond: 300_000 })
      const random = seeded(5)
      const sleeper = startEngine(scene)
      await sleeper.running
      await sleep(random.between(100, 600))
      await suspend(sleeper, scene.ledger)
      const other = startEngine(scene)
      await (wakeAfterMs === undefined ? other.ended : sleep(wakeAfterMs))
      sleeper.child.kill('SIGCONT')
      assert.equal(await other.ended, 0, other.output().slice(-2000))
      assert.equal(await sleeper.ended, 0, sleeper.output().slice(-2000))
      assert.deepEqual(await scene.differences(), [])
    })
  }
})
