import assert from 'node:assert/strict'
import { MailferryError } from '../../src/domain/errors.ts'
import { type Credentials, useOf } from '../../src/servers/imap/credentials.ts'
import { createSignInGuard } from '../../src/servers/signInGuard.ts'
import { password, problemOf } from './imap/support.ts'

const ann = password('ann', 'wrong')
const refuse = async () => {
  throw new MailferryError('signIn.refused', { host: 'mail', user: 'ann', response: 'no' })
}
const actingFor = (mailbox: string): Credentials => ({ method: 'admin', admin: 'root', mailbox, password: 'x', actAs: { by: 'authzid' } })

describe('a secret that was refused', () => {
  it('isn’t tried again', async () => {
    const guard = createSignInGuard('Old server')
    await problemOf(guard.attempt(useOf(ann), refuse))
    const second = problemOf(guard.attempt(useOf(ann), async () => assert.fail('tried again')))
    assert.deepEqual(await second, { code: 'signIn.stopped', params: { connection: 'Old server', user: 'ann' } })
  })

  it('isn’t tried by those who waited for the first attempt either', async () => {
    const guard = createSignInGuard('Old server')
    let attempts = 0
    const attempt = (mailbox: string) =>
      problemOf(
        guard.attempt(useOf(actingFor(mailbox)), async () => {
          attempts++
          await new Promise(resolve => setImmediate(resolve))
          return refuse()
        }),
      )
    const codes = (await Promise.all(['a', 'b', 'c'].map(attempt))).map(({ code }) => code)
    assert.deepEqual(codes, ['signIn.refused', 'signIn.stopped', 'signIn.stopped'])
    assert.equal(attempts, 1)
  })

  it('says nothing of other people, or of a new one', async () => {
    const guard = createSignInGuard('Old server')
    await problemOf(guard.attempt(useOf(ann), refuse))
    assert.equal(await guard.attempt(useOf(password('bob', 'wrong')), async () => 'in'), 'in')
    assert.equal(await guard.attempt(useOf(password('ann', 'right')), async () => 'in'), 'in')
  })

  it('is not one whose server was busy, or one mailbox of an admin', async () => {
    const guard = createSignInGuard('Old server')
    await problemOf(
      guard.attempt(useOf(ann), async () => Promise.reject(new MailferryError('server.busy', { host: 'mail', response: 'later' }))),
    )
    assert.equal(await guard.attempt(useOf(ann), async () => 'in'), 'in')
    await problemOf(
      guard.attempt(useOf(actingFor('a')), async () =>
        Promise.reject(new MailferryError('permission.actAs', { host: 'mail', admin: 'root', mailbox: 'a', response: 'no' })),
      ),
    )
    assert.equal(await guard.attempt(useOf(actingFor('b')), async () => 'in'), 'in')
  })

  it('doesn’t make those wait who come after it was taken', async () => {
    const guard = createSignInGuard('Old server')
    await guard.attempt(useOf(ann), async () => 'in')
    let running = 0
    let most = 0
    const attempt = () =>
      guard.attempt(useOf(ann), async () => {
        most = Math.max(most, ++running)
        await new Promise(resolve => setImmediate(resolve))
        running--
      })
    await Promise.all([attempt(), attempt(), attempt()])
    assert.equal(most, 3)
  })

  describe('when it was right until it was changed in mid-run', () => {
    /** A guard whose secret was taken so many milliseconds ago, and sign-ins that are refused since. */
    async function changed(ago: number) {
      let now = 0
      const guard = createSignInGuard('Old server', () => now)
      await guard.attempt(useOf(ann), async () => 'in')
      now += ago
      let asked = 0
      const run = async () => {
        asked++
        await new Promise(resolve => setImmediate(resolve))
        return refuse()
      }
      return { guard, run, asked: () => asked }
    }
    const codes = (attempts: readonly Promise<unknown>[]) => Promise.all(attempts.map(async one => (await problemOf(one)).code))

    it('is refused once, for the first sign-in after a while goes alone', async () => {
      const { guard, run, asked } = await changed(10_000)
      const all = Array.from({ length: 5 }, () => guard.attempt(useOf(ann), run))
      assert.deepEqual(await codes(all), ['signIn.refused', ...Array.from({ length: 4 }, () => 'signIn.stopped')])
      assert.equal(asked(), 1)
    })

    it('isn’t sent by a sign-in that had begun when another was refused', async () => {
      const { guard, run } = await changed(0)
      const { promise: connected, resolve } = Promise.withResolvers<void>()
      const slow = guard.attempt(useOf(ann), async stillAllowed => {
        await connected
        stillAllowed()
        assert.fail('sent')
      })
      await problemOf(guard.attempt(useOf(ann), run))
      resolve()
      assert.equal((await problemOf(slow)).code, 'signIn.stopped')
    })

    it('is refused to no more requests than were under way', async () => {
      const { guard, run, asked } = await changed(10_000)
      const underWay = Array.from({ length: 3 }, () => guard.request(useOf(ann), run))
      assert.deepEqual(await codes(underWay), ['signIn.refused', 'signIn.refused', 'signIn.refused'])
      assert.deepEqual(await codes(Array.from({ length: 9 }, () => guard.request(useOf(ann), run))), Array(9).fill('signIn.stopped'))
      assert.equal(asked(), 3)
    })
  })

  it('lets others sign in who have waited long for one whose secret was right before', async () => {
    let now = 0
    const guard = createSignInGuard('Old server', () => now)
    await guard.attempt(useOf(ann), async () => 'in')
    now += 10_000
    const { promise: answered, resolve } = Promise.withResolvers<string>()
    const slow = guard.attempt(useOf(ann), () => answered)
    assert.equal(await guard.attempt(useOf(ann), async () => 'in'), 'in')
    resolve('in')
    assert.equal(await slow, 'in')
  })
})
