import assert from 'node:assert/strict'
import type { ImapSignIn } from '../../src/domain/connection.ts'
import { isError, MailferryError } from '../../src/domain/errors.ts'
import { guardedServer } from '../../src/engine/guardedServer.ts'
import { createConnection } from '../../src/ledger/editConnections.ts'
import { openLedger } from '../../src/ledger/openLedger.ts'
import type { MailServer, MailSession } from '../../src/servers/mailServer.ts'
import { tempDir } from '../support/tempDir.ts'

const admin: ImapSignIn = { method: 'admin', user: 'boss', actAs: 'authzid' }
const each: ImapSignIn = { method: 'mailbox' }
const refused = (user: string) => new MailferryError('signIn.refused', { host: 'h', user, response: 'no' })
const notAllowed = (mailbox: string) => new MailferryError('permission.actAs', { host: 'h', admin: 'boss', mailbox, response: 'no' })

/** A guarded server in front of one that answers each sign-in as told, or lets it in; with how often it was asked. */
async function guarded(signIn: ImapSignIn, answer: (mailbox: string) => Error | undefined) {
  const dir = tempDir()
  const ledger = await openLedger(`${dir.path}/ledger.db`)
  const settings = { kind: 'imap', server: { host: 'h', port: 993, tls: 'implicit' }, signIn } as const
  const created = await ledger.write(tx => createConnection(tx, { name: 'old', role: 'source', settings }))
  let givenAt = Date.now() - 1000
  let asked = 0
  const server: Pick<MailServer, 'open'> = {
    async open(mailbox) {
      asked += 1
      const error = answer(mailbox.address)
      if (error !== undefined) throw error
      return {} as MailSession
    },
  }
  const guard = () =>
    guardedServer({
      server: server as MailServer,
      ledger,
      connection: { ...created, settings },
      load: async () => ({ source: { secretFor: async () => ({ password: '' }) }, givenAt }),
    })
  return {
    guard,
    asked: () => asked,
    giveNewSecret() {
      givenAt = Date.now() + 1000
    },
    async [Symbol.asyncDispose]() {
      await ledger[Symbol.asyncDispose]()
      dir[Symbol.dispose]()
    },
  }
}

const open = (server: MailServer, mailbox: string): Promise<string> =>
  server.open({ address: mailbox }, { signal: new AbortController().signal, connections: 1 }).then(
    () => 'open',
    (error: unknown) => (isError(error) ? error.code : String(error)),
  )

describe('a server that is guarded', () => {
  it('is never asked again with a refused secret, not even by the next process, until a new one was given', async () => {
    let right = false
    await using one = await guarded(each, user => (right ? undefined : refused(user)))
    const server = one.guard()
    assert.deepEqual(
      [await open(server, 'anna'), await open(server, 'anna'), await open(one.guard(), 'anna')],
      ['signIn.refused', 'signIn.stopped', 'signIn.stopped'],
    )
    assert.equal(one.asked(), 1)
    right = true
    one.giveNewSecret()
    assert.equal(await open(one.guard(), 'anna'), 'open')
  })

  it('is still asked for other mailboxes, whose secrets are their own', async () => {
    await using one = await guarded(each, user => (user === 'anna' ? refused(user) : undefined))
    const server = one.guard()
    assert.deepEqual([await open(server, 'anna'), await open(server, 'berta')], ['signIn.refused', 'open'])
  })

  it('is asked for two mailboxes only where an admin got in nowhere', async () => {
    await using one = await guarded(admin, notAllowed)
    const server = one.guard()
    const answers = [await open(server, 'anna'), await open(server, 'berta'), await open(server, 'clara')]
    assert.deepEqual([answers, one.asked()], [['permission.actAs', 'permission.actAs', 'signIn.stopped'], 2])
  })

  it('is asked for every mailbox where an admin got in somewhere', async () => {
    await using one = await guarded(admin, mailbox => (mailbox === 'anna' ? undefined : notAllowed(mailbox)))
    const server = one.guard()
    for (const mailbox of ['anna', 'berta', 'clara', 'dora']) await open(server, mailbox)
    assert.deepEqual([one.asked(), server.reached()], [4, true])
  })
})
