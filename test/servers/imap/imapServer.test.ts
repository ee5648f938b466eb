import assert from 'node:assert/strict'
import { setTimeout as delay } from 'node:timers/promises'
import type { ImapServer, ImapSignIn } from '../../../src/domain/connection.ts'
import { imapServer } from '../../../src/servers/imap/imapServer.ts'
import type { MailServer } from '../../../src/servers/mailServer.ts'
import { type Dovecot, startDovecot } from '../../support/dovecot.ts'
import { openRaw } from '../../support/mailbox.ts'
import { connectionTo, never, problemOf, secretsOfAll } from './support.ts'

const options = { signal: never, connections: 2 }

describe('an IMAP server', function () {
  this.timeout(20_000)
  let dovecot: Dovecot
  let place: ImapServer
  before(async () => {
    dovecot = await startDovecot({ users: { ann: 'secret', bob: 'other' }, masterUser: { user: 'admin', password: 'boss' } })
    place = { host: dovecot.host, port: dovecot.port, tls: 'none', allowPlaintext: true }
  })
  after(() => dovecot[Symbol.asyncDispose]())

  const serving = (how: ImapSignIn, password: string, user?: string): MailServer =>
    imapServer({ connection: connectionTo(place, how), secrets: secretsOfAll({ password, ...(user && { user }) }) })

  const refusals = () => dovecot.log().split('auth failed').length - 1
  const refused = async (atLeast: number) => {
    while (refusals() < atLeast) await delay(20)
    return refusals()
  }

  it('opens mailboxes by an admin, each as its owner', async () => {
    await using server = serving({ method: 'admin', user: 'admin', actAs: 'authzid' }, 'boss')
    for (const address of ['ann', 'bob']) {
      await using raw = await openRaw(dovecot, address)
      await raw.command([`CREATE of-${address}`])
      await using session = await server.open({ address }, options)
      assert.deepEqual((await session.folders()).map(({ id }) => id).sort(), ['INBOX', `of-${address}`])
    }
  })

  it('tells whether INBOX is subscribed to, and subscribes', async () => {
    await using server = serving({ method: 'mailbox' }, 'secret', 'ann')
    await using session = await server.open({ address: 'ann' }, options)
    const inbox = async () => (await session.folders()).find(({ role }) => role === 'inbox')
    assert.equal((await inbox())?.subscribed, false)
    await session.ensureFolders([{ path: ['INBOX'], subscribe: true }], never)
    assert.equal((await inbox())?.subscribed, true)
    await using later = await server.open({ address: 'ann' }, options)
    assert.equal((await later.folders()).find(({ role }) => role === 'inbox')?.subscribed, true)
  })

  it('asks once with a wrong password, however many sessions want it', async () => {
    const before = refusals()
    await using server = serving({ method: 'admin', user: 'admin', actAs: 'separator', separator: '*' }, 'wrong')
    const codes = await Promise.all(['ann', 'bob', 'ann'].map(async address => (await problemOf(server.open({ address }, options))).code))
    assert.deepEqual(codes, ['signIn.refused', 'signIn.stopped', 'signIn.stopped'])
    assert.equal((await problemOf(server.open({ address: 'bob' }, options))).code, 'signIn.stopped')
    assert.equal(await refused(before + 1), before + 1)
  })

  it('goes on for others when a mailbox is missing', async () => {
    await using server = serving({ method: 'admin', user: 'admin', actAs: 'authzid' }, 'boss')
    assert.equal((await problemOf(server.open({ address: 'nobody' }, options))).code, 'permission.actAs')
    await using session = await server.open({ address: 'bob' }, options)
    assert((await session.folders()).length > 0)
  })
})
