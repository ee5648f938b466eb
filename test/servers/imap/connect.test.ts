import assert from 'node:assert/strict'
import { setTimeout as delay } from 'node:timers/promises'
import type { ImapServer } from '../../../src/domain/connection.ts'
import { signIn } from '../../../src/servers/imap/connect.ts'
import type { Credentials } from '../../../src/servers/imap/credentials.ts'
import { handOver } from '../../../src/servers/imap/handOver.ts'
import { trustOf } from '../../../src/servers/tls/trust.ts'
import { type Dovecot, startDovecot } from '../../support/dovecot.ts'
import { enter, never, password, refusal } from './support.ts'

const ann = password('ann@example.org', 'se:cret "ü')

describe('signing in to a real Dovecot', function () {
  this.timeout(20_000)
  let dovecot: Dovecot
  let implicit: ImapServer
  let starttls: ImapServer
  let fingerprint: string

  before(async () => {
    dovecot = await startDovecot({
      users: { 'ann@example.org': 'se:cret "ü', bob: 'other' },
      tls: 'starttls',
      masterUser: { user: 'admin', password: 'boss' },
      tokens: true,
    })
    const { host, port, tlsPort, certificate } = dovecot
    assert(certificate)
    fingerprint = certificate.fingerprint
    implicit = { host, port: tlsPort, tls: 'implicit', caFile: certificate.caFile }
    starttls = { host, port, tls: 'starttls', caFile: certificate.caFile }
  })
  after(() => dovecot[Symbol.asyncDispose]())

  /** Dovecot logs beside its answers, a little later. */
  const logged = async (text: string): Promise<void> => {
    while (!dovecot.log().includes(text)) await delay(20)
  }
  const settledLog = async (): Promise<string> => {
    for (let log = dovecot.log(); ; log = dovecot.log()) {
      await delay(200)
      if (dovecot.log() === log) return log
    }
  }

  const entersAs = async (server: ImapServer, credentials: Credentials, user: string) => {
    const client = await enter(server, credentials)
    assert.equal(client.secureConnection, server.tls !== 'none')
    await client.logout()
    await logged(`Login: user=<${user}>`)
  }

  it('works over implicit TLS, STARTTLS and, where agreed to, without', async () => {
    await entersAs(implicit, ann, 'ann@example.org')
    await entersAs(starttls, ann, 'ann@example.org')
    await entersAs({ host: dovecot.host, port: dovecot.port, tls: 'none', allowPlaintext: true }, ann, 'ann@example.org')
  })

  it('never goes without encryption unasked', async () => {
    assert.deepEqual(await refusal({ ...starttls, tls: 'none' }, ann), {
      code: 'tls.plaintextRefused',
      params: { host: dovecot.host, port: dovecot.port },
    })
  })

  it('works by OAuth token, with either mechanism', async () => {
    const token = dovecot.token('bob')
    await entersAs(implicit, { method: 'token', user: 'bob', token, mechanism: 'XOAUTH2' }, 'bob')
    await logged('method=XOAUTH2')
    await entersAs(implicit, { method: 'token', user: 'bob', token }, 'bob')
    await logged('method=OAUTHBEARER')
  })

  it('lets an admin in for others, both ways', async () => {
    const admin = { method: 'admin', admin: 'admin', mailbox: 'bob', password: 'boss' } as const
    await entersAs(implicit, { ...admin, actAs: { by: 'authzid' } }, 'bob')
    await entersAs(implicit, { ...admin, actAs: { by: 'separator', separator: '*' } }, 'bob')
  })

  it('tells an admin who may not from one whose password is wrong', async () => {
    const actAs = { by: 'authzid' } as const
    const absent = await refusal(implicit, { method: 'admin', admin: 'admin', mailbox: 'nobody', password: 'boss', actAs })
    assert.equal(absent.code, 'permission.actAs')
    const wrong = await refusal(implicit, { method: 'admin', admin: 'admin', mailbox: 'bob', password: 'no', actAs })
    assert.equal(wrong.code, 'signIn.refused')
  })

  it('is refused once, with the server’s words and without the password', async () => {
    const before = (await settledLog()).split('auth failed').length
    const { code, params } = await refusal(implicit, password('bob', 'Authentication'))
    assert.deepEqual({ code, params }, { code: 'signIn.refused', params: { host: '127.0.0.1', user: 'bob', response: '*** failed.' } })
    const failures = () => dovecot.log().split('auth failed').slice(before)
    while (failures().length === 0) await delay(20)
    assert.deepEqual(
      failures().map(line => line.slice(0, 12)),
      [', 1 attempts'],
    )
  })

  it('says that a token has no use any more', async () => {
    const { code } = await refusal(implicit, { method: 'token', user: 'bob', token: dovecot.token('bob', -60) })
    assert.equal(code, 'signIn.refused')
  })

  describe('checks the certificate before anything else', () => {
    const untouched = async (server: ImapServer) => {
      const before = (await settledLog()).split('Login: user').length
      const result = await refusal(server, ann)
      assert.equal((await settledLog()).split('Login: user').length, before)
      return result
    }

    it('and gives the fingerprint of one it doesn’t trust', async () => {
      const { host } = dovecot
      for (const { caFile: _, ...server } of [implicit, starttls]) {
        const { code, params } = await untouched(server)
        assert.equal(code, 'tls.untrusted')
        assert.deepEqual(params, {
          host,
          reason: 'its authority is unknown, or the server leaves out an intermediate certificate',
          fingerprint,
        })
      }
    })

    it('and takes one that is pinned, in any notation', async () => {
      const { caFile: _, ...server } = implicit
      await entersAs({ ...server, fingerprint }, ann, 'ann@example.org')
      await entersAs({ ...server, fingerprint: (fingerprint.match(/../g) ?? []).join(':').toUpperCase() }, ann, 'ann@example.org')
    })

    it('and refuses all others once one is pinned, even well signed ones', async () => {
      const expected = 'ab'.repeat(32)
      for (const server of [implicit, starttls]) {
        assert.deepEqual(await untouched({ ...server, fingerprint: expected }), {
          code: 'tls.fingerprintMismatch',
          params: { host: dovecot.host, expected, actual: fingerprint },
        })
      }
    })

    it('and its name', async () => {
      await using other = await startDovecot({ users: { bob: 'x' }, tls: 'implicit', certificateNames: ['mail.example.org'] })
      const { code, params } = await refusal(
        { host: other.host, port: other.tlsPort, tls: 'implicit', caFile: other.certificate?.caFile ?? '' },
        password('bob', 'x'),
      )
      assert.equal(code, 'tls.untrusted')
      assert('reason' in params)
      assert.equal(params.reason, 'the certificate is not for 127.0.0.1 but for DNS:mail.example.org')
    })

    it('and its age', async () => {
      await using other = await startDovecot({ users: { bob: 'x' }, tls: 'implicit', certificateExpired: true })
      const { code, params } = await refusal(
        { host: other.host, port: other.tlsPort, tls: 'implicit', caFile: other.certificate?.caFile ?? '' },
        password('bob', 'x'),
      )
      assert.equal(code, 'tls.untrusted')
      assert('reason' in params)
      assert.match(params.reason, /^the certificate has expired \(on /)
    })

    it('and its authorities’ file', async () => {
      assert.equal((await refusal({ ...implicit, caFile: '/nowhere/ca.pem' }, ann)).code, 'tls.caFile')
      assert.deepEqual((await refusal({ ...implicit, caFile: import.meta.filename }, ann)).params, {
        file: import.meta.filename,
        cause: 'it holds no PEM certificate',
      })
    })
  })

  it('hands its sockets over, ready for commands', async () => {
    const { read, write, capabilities, enabled, namespace, socket } = handOver(await enter(implicit, ann))
    assert(capabilities.has('UIDPLUS') && capabilities.has('IMAP4REV1'))
    assert.deepEqual([...enabled].sort(), ['CONDSTORE', 'QRESYNC'])
    assert.deepEqual(namespace, { prefix: '', delimiter: '/', utf8: false })
    write.write('a1 NOOP\r\na2 LOGOUT\r\n')
    let text = ''
    for await (const chunk of read) text += chunk
    assert.match(text, /^a1 OK .*\r\n\* BYE .*\r\na2 OK /)
    socket.destroy()
  })

  it('does so under compression, too', async () => {
    await using zipped = await startDovecot({ users: { bob: 'x' }, extraConfig: 'protocol imap {\n  mail_plugins = imap_zlib\n}\n' })
    const server: ImapServer = { host: zipped.host, port: zipped.port, tls: 'none', allowPlaintext: true }
    const client = await signIn(
      { server, trust: trustOf(server), credentials: async () => password('bob', 'x') },
      { signal: never, compress: true },
    )
    const { read, write, socket } = handOver(client)
    assert.notEqual(read, socket)
    write.write('a1 LOGOUT\r\n')
    let text = ''
    for await (const chunk of read) text += chunk
    assert.match(text, /a1 OK /)
    socket.destroy()
  })

  it('ends at once when told to', async () => {
    const stop = new AbortController()
    const entering = refusal(implicit, ann, undefined, stop.signal)
    stop.abort()
    assert.equal((await entering).code, 'stopped')
  })
})
