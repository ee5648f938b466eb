import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import type { MailboxView } from '../support/exchangeMailbox.ts'
import { seeded } from '../support/random.ts'
import { directionNames } from './direction.ts'
import { leaseMs, startEngine } from './engineProcess.ts'
import { creating } from './heldAnswers.ts'
import { killAtRandom, runToEnd } from './killAtRandom.ts'
import { killAtEach, killInTheAct } from './killInTheAct.ts'
import { mails } from './mails.ts'
import { overlapping } from './overlapping.ts'
import { type Scene, startScene } from './scene.ts'
import type { World } from './sides.ts'
import { suspend } from './suspend.ts'

/** Scenes at once: their engines keep the machine's cores busy, and wait for servers in turn. */
const overlaps = overlapping(3)

describe('an engine that dies', () => {
  for (const [index, direction] of directionNames.entries()) {
    it(
      `loses nothing and doubles nothing from ${direction}, killed in the act and at random instants`,
      overlaps(async () => {
        const seed = index + 1
        await using scene = await startScene({ direction, seed, messages: 20, large: 1, bytesPerSecond: 20_000_000 })
        await killInTheAct(scene)
        await killAtRandom(scene, { seed, kills: 2, adopting: 1, wholeMs: 800, delivery: 10 })
        assert.deepEqual(await scene.differences(), [])
      }),
    )
  }
})

describe('an engine that dies at one request after the other', () => {
  for (const direction of [
    'Exchange to Exchange by stream',
    'Office 365 to Office 365 by import',
    'Office 365 to Office 365 by messages',
  ] as const) {
    it(
      `carries a mirroring delta over as a whole, and once, from ${direction}`,
      overlaps(async () => {
        await using scene = await startScene({ direction, seed: 7, messages: 20, bytesPerSecond: 20_000_000 })
        await runToEnd(scene)
        await scene.pass('work', 1, 5)
        assert.ok((await killAtEach(scene, { stride: 9 })) > 2)
        assert.deepEqual(await scene.differences(), [])
      }),
    )

    it(
      `removes what it wrote and nothing else, and writes it once again, from ${direction}`,
      overlaps(async () => {
        await using scene = await startScene({ direction, seed: 8, messages: 12, bytesPerSecond: 20_000_000 })
        await scene.target.fill(0, mails(9, 12))
        const own = await scene.target.view(0, {})
        await runToEnd(scene)
        assert.ok((await killAtEach(scene, { stride: 5, work: 'remove' })) > 2)
        assert.deepEqual(withoutBin(await scene.target.view(0, {})), own)
        assert.deepEqual(withoutBin(await scene.target.view(1, {})), new Map())
        await runToEnd(scene)
        const differences = await scene.differences()
        assert.equal(differences.filter(text => text.includes(': extra')).length, 12)
        assert.equal(differences.length, 12)
      }),
    )
  }
})

const withoutBin = (view: MailboxView): MailboxView => new Map([...view].filter(([folder]) => folder !== 'Deleted Items'))

describe('servers that drop connections and stand still at random', () => {
  it(
    'get everything once over IMAP',
    overlaps(async () => {
      const faults = { cutEveryBytes: 150_000, cutEveryMs: 2000, stallEveryMs: 1500, stallMs: 200 }
      await using scene = await startScene({ direction: 'IMAP to IMAP', seed: 3, messages: 100, bytesPerSecond: 800_000, faults })
      await tillDone(scene)
      assert.ok(scene.lines.every(line => line.stats().cuts > 0))
      assert.deepEqual(await scene.differences(), [])
    }),
  )

  for (const direction of [
    'IMAP to Exchange',
    'IMAP to Office 365',
    'Exchange to Exchange by stream',
    'Exchange to Exchange by MIME',
    'Office 365 to Office 365 by import',
    'Office 365 to Office 365 with archives',
    'Office 365 to Office 365 by messages',
  ] as const) {
    it(
      `get everything once from ${direction}, though what was done isn’t answered, and what is asked is refused for now`,
      overlaps(async () => {
        await using scene = await startScene({ direction, seed: 6, messages: 40, bytesPerSecond: 20_000_000 })
        const { world } = scene
        assert.ok(world)
        trouble(world)
        await tillDone(scene)
        await scene.pass('work', 1, 20)
        await tillDone(scene)
        assert.ok(world.receiving.site.troubles.struck > 0)
        assert.deepEqual(await scene.differences(), [])
      }),
    )
  }
})

/** Answers lost after the work was done, or left out at an answer's end; connections cut; servers that are busy, or take too long. */
function trouble({ leaving, receiving }: World): void {
  for (const { organisation, site } of [leaving, receiving]) {
    const random = seeded(6)
    site.troubles.add({ trouble: { kind: 'dropAfter' }, operations: creating, skip: 1, times: 1 })
    site.troubles.add({ trouble: { kind: 'dropAfter' }, chance: 0.04 })
    site.troubles.add({ trouble: { kind: 'cut' }, chance: 0.02 })
    organisation.faults.request = () => {
      const chance = random.next()
      if (chance < 0.04) return { code: 'ErrorServerBusy', backOffMilliseconds: 80, as: random.pick(['fault', 'message', 'inner']) }
      return chance < 0.06 ? { code: 'ErrorTimeoutExpired', as: 'message' } : undefined
    }
    organisation.faults.dropAnswers = () => (random.next() < 0.04 ? 1 : 0)
  }
}

/** Starts the job until all of it came to its end. */
async function tillDone(scene: Scene): Promise<void> {
  for (let runs = 1; ; runs++) {
    const engine = startEngine(scene)
    if ((await engine.ended) === 0) return
    assert.ok(runs < 6, engine.output().slice(-2000))
  }
}

describe('two engines', () => {
  for (const direction of ['IMAP to IMAP', 'Exchange to Exchange by stream'] as const) {
    it(`that race for the same job write nothing twice from ${direction}`, async function () {
      this.timeout(150_000)
      await using scene = await startScene({ direction, seed: 4, messages: 60, bytesPerSecond: 800_000 })
      const engines = [startEngine(scene), startEngine(scene)]
      assert.deepEqual(
        await Promise.all(engines.map(engine => engine.ended)),
        [0, 0],
        engines.map(engine => engine.output().slice(-1000)).join('\n'),
      )
      assert.deepEqual(await scene.differences(), [])
    })
  }

  const wakings = [
    ['IMAP to IMAP', 'while the other works', leaseMs + 700],
    ['Exchange to Exchange by stream', 'while the other works', leaseMs + 700],
    ['IMAP to Exchange', 'after the other finished', undefined],
  ] as const
  for (const [direction, name, wakeAfterMs] of wakings) {
    it(`write nothing twice from ${direction} when one is suspended past its lease and woken ${name}`, async function () {
      this.timeout(150_000)
      await using scene = await startScene({ direction, seed: 5, messages: 100, bytesPerSecond: 300_000 })
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
