import assert from 'node:assert/strict'
import type { Connection, ImapServer, ImapSettings, Recorded } from '../../../src/domain/connection.ts'
import { MailferryError } from '../../../src/domain/errors.ts'
import type { Mailbox } from '../../../src/domain/pair.ts'
import { imapServer } from '../../../src/servers/imap/imapServer.ts'
import type { Check } from '../../../src/servers/mailServer.ts'
import type { SecretSource } from '../../../src/servers/secretSource.ts'
import { type Dovecot, startDovecot } from '../../support/dovecot.ts'
import { freePort } from '../../support/freePort.ts'
import { seedMailbox } from '../../support/mailbox.ts'
import { connectionTo, never, secretsOfAll } from './support.ts'

async function verify(connection: Connection<ImapSettings>, secrets: SecretSource, mailbox?: string) {
  await using server = imapServer({ connection, secrets, clientInfo: { name: 'Mailferry', version: '1' } })
  const checks: Check[] = []
  const verifying = server.verify(never, mailbox)
  let learned: Omit<Recorded, 'at'> | undefined
  for (;;) {
    const { done, value } = await verifying.next()
    if (done) {
      learned = value
      break
    }
    checks.push(value)
  }
  const brief = checks.map(({ name, state, error }) => [name, error?.code ?? state].join(' '))
  return { brief, learned, detail: (name: string) => checks.find(check => check.name === name)?.detail }
}

describe('verifying a connection to a real Dovecot', function () {
  this.timeout(20_000)
  let dovecot: Dovecot
  let server: ImapServer
  before(async () => {
    dovecot = await startDovecot({
      users: { ann: 'secret', bob: 'other' },
      tls: 'implicit',
      masterUser: { user: 'admin', password: 'boss' },
      quota: 10_000_000,
      specialUse: true,
    })
    server = { host: dovecot.host, port: dovecot.tlsPort, tls: 'implicit', caFile: dovecot.certificate?.caFile ?? '' }
  })
  after(() => dovecot[Symbol.asyncDispose]())

  it('checks everything, from the bottom up, and learns where it leads', async () => {
    const { brief, learned, detail } = await verify(
      connectionTo(server, { method: 'mailbox' }),
      secretsOfAll({ user: 'ann', password: 'secret' }, ['ann', 'bob']),
    )
    assert.deepEqual(brief, [
      'address passed',
      'tls passed',
      'signIn passed',
      'actAs skipped',
      'folders passed',
      'listMailboxes passed',
      'extensions passed',
      'quota passed',
    ])
    assert.deepEqual(learned, { organisation: `127.0.0.1:${dovecot.tlsPort}`, serverVersion: 'Dovecot' })
    assert.match(detail('tls') ?? '', /^TLSv1\.3, certificate of 127\.0\.0\.1 by Test authority, valid until .*, fingerprint [0-9a-f]{64}$/)
    assert.equal(detail('signIn'), 'as ann')
    assert.equal(detail('folders'), '6 folders, Sent is sent, Drafts is drafts, Archive is archive, Junk is junk, Trash is deleted')
    assert.equal(detail('listMailboxes'), '2 sign-ins are known')
    assert.match(detail('extensions') ?? '', /^LIST-STATUS, CONDSTORE, QRESYNC, ESEARCH, SPECIAL-USE; no OBJECTID \(/)
    assert.equal(detail('quota'), '0.0 of 10.0 MB used')
  })

  it('tries an admin on somebody’s mailbox', async () => {
    const connection = connectionTo(server, { method: 'admin', user: 'admin', actAs: 'separator', separator: '*' }, 'target')
    const { brief, learned, detail } = await verify(connection, secretsOfAll({ password: 'boss' }), 'bob')
    assert.deepEqual(brief.slice(0, 5), ['address passed', 'tls passed', 'signIn passed', 'actAs passed', 'folders passed'])
    assert.equal(learned?.organisation, `127.0.0.1:${dovecot.tlsPort} admin`)
    assert.match(detail('extensions') ?? '', /^LIST-STATUS, LITERAL\+, MULTIAPPEND, UIDPLUS, MOVE, SPECIAL-USE/)
  })

  it('doesn’t try an admin on nobody’s: a master user may have no mailbox, and would be refused', async () => {
    const before = dovecot.log().split('auth failed').length
    const { brief, learned } = await verify(
      connectionTo(server, { method: 'admin', user: 'admin', actAs: 'authzid' }),
      secretsOfAll({ password: 'boss' }),
    )
    assert.deepEqual(brief, ['address passed', 'tls passed', 'signIn skipped'])
    assert.equal(learned, undefined)
    assert.equal(dovecot.log().split('auth failed').length, before)
  })

  it('says what an admin lacks', async () => {
    const { brief, detail } = await verify(
      connectionTo(server, { method: 'admin', user: 'admin', actAs: 'authzid' }),
      secretsOfAll({ password: 'boss' }),
      'nobody',
    )
    assert.deepEqual(brief, ['address passed', 'tls passed', 'signIn passed', 'actAs permission.actAs'])
    assert.match(detail('actAs') ?? '', /master = yes/)
    const ordinary = await verify(
      connectionTo(server, { method: 'admin', user: 'ann', actAs: 'authzid' }),
      secretsOfAll({ password: 'secret' }),
      'bob',
    )
    assert.deepEqual(ordinary.brief, ['address passed', 'tls passed', 'signIn signIn.refused'])
    assert.match(ordinary.detail('signIn') ?? '', /master = yes/)
  })

  it('stops where going on makes no sense', async () => {
    const how = { method: 'mailbox' } as const
    const wrong = secretsOfAll({ user: 'ann', password: 'wrong' })
    const briefly = async (settings: ImapServer, secrets = wrong) => (await verify(connectionTo(settings, how), secrets)).brief
    assert.deepEqual(await briefly({ ...server, host: 'mail.invalid' }), ['address host.notFound'])
    assert.deepEqual(await briefly({ ...server, port: await freePort() }), ['address host.refused'])
    assert.deepEqual(await briefly({ ...server, fingerprint: '00' }), ['address passed', 'tls tls.fingerprintMismatch'])
    assert.deepEqual(await briefly(server), ['address passed', 'tls passed', 'signIn signIn.refused'])
    const none: SecretSource = { secretFor: async () => Promise.reject(new MailferryError('secret.missing', { connection: 'Old server' })) }
    assert.deepEqual(await briefly(server, none), ['address passed', 'tls passed', 'signIn secret.missing'])
  })

  it('says that nothing is encrypted', async () => {
    await using plain = await startDovecot({ users: { ann: 'secret' } })
    const { brief, detail } = await verify(
      connectionTo({ host: plain.host, port: plain.port, tls: 'none', allowPlaintext: true }, { method: 'mailbox' }),
      secretsOfAll({ user: 'ann', password: 'secret' }),
    )
    assert.equal(brief[1], 'tls skipped')
    assert.equal(detail('tls'), 'not encrypted, as was agreed to')
    assert.equal(detail('quota'), 'the server doesn’t tell')
  })

  it('sees that a mailbox is full', async () => {
    await using full = await startDovecot({ users: { ann: 'secret' }, quota: 1_000_000 })
    await seedMailbox(full, 'ann', [{ path: ['INBOX'], messages: [{ body: `Subject: x\r\n\r\n${'x'.repeat(50_000)}\r\n` }] }])
    await full.restart('plugin {\n  quota_rule = *:bytes=20480\n}\n')
    const connection = connectionTo(
      { host: full.host, port: full.port, tls: 'none', allowPlaintext: true },
      { method: 'mailbox' },
      'target',
    )
    const { brief } = await verify(connection, secretsOfAll({ user: 'ann', password: 'secret' }))
    assert.equal(brief.at(-1), 'quota mailbox.full')
  })
})

describe('the mailboxes of an IMAP server', () => {
  const server: ImapServer = { host: '127.0.0.1', port: 1, tls: 'implicit' }
  const pages = async (connection: Connection<ImapSettings>, secrets: SecretSource) => {
    const listed: (readonly Mailbox[])[] = []
    for await (const page of imapServer({ connection, secrets }).mailboxes(never)) listed.push(page)
    return listed
  }

  it('are those there are sign-ins for, in pages', async () => {
    const all = Array.from({ length: 1200 }, (_, n) => `user${n}`)
    const listed = await pages(connectionTo(server, { method: 'mailbox' }), secretsOfAll({ password: '' }, all))
    assert.deepEqual(
      listed.map(({ length }) => length),
      [500, 500, 200],
    )
    assert.deepEqual(
      listed.flat().map(({ address }) => address),
      all,
    )
  })

  it('are unknown where an admin acts for everybody', async () => {
    assert.deepEqual(
      await pages(connectionTo(server, { method: 'admin', user: 'admin', actAs: 'authzid' }), secretsOfAll({ password: '' })),
      [],
    )
  })
})
