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
})
