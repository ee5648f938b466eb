import assert from 'node:assert/strict'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { connect as connectTls } from 'node:tls'
import { compareSnapshots } from './compareSnapshots.ts'
import { startDovecot } from './dovecot.ts'
import { openRaw, seedMailbox } from './mailbox.ts'
import { connectRaw, signInRaw } from './rawImap.ts'
import { snapshot } from './snapshot.ts'

const users = { 'anna@old.test': 'pass "word"', 'ben@old.test': 'ben' }

const folders = [
  {
    path: ['INBOX'],
    messages: [{ body: 'Subject: one\r\n\r\n1', flags: ['\\Seen', '$Work'], received: new Date('2016-02-29T23:59:59Z') }, { body: '\r\n' }],
  },
  { path: ['Entwürfe & Mehr', '送信済み'], subscribed: true, messages: [{ body: Buffer.from([0x41, 0x0a, 0xff, 0x0d, 0x0a]) }] },
  { path: ['Empty'] },
]

describe('the test server', () => {
  it('gives back what a mailbox was seeded with, through a restart', async () => {
    await using server = await startDovecot({ users })
    await seedMailbox(server, 'anna@old.test', folders)
    await server.restart()

    const seen = await snapshot(server, 'anna@old.test')

    assert.deepEqual([...seen.folders.keys()].sort(), ['Empty', 'Entwürfe & Mehr/送信済み', 'INBOX'])
    assert.deepEqual(seen.subscriptions, ['Entwürfe & Mehr/送信済み'])
    const [first, second] = seen.folders.get('INBOX') ?? []
    assert.deepEqual(
      [first?.flags, first?.keywords, first?.received, first?.size],
      [['\\Seen'], ['$Work'], Date.UTC(2016, 1, 29, 23, 59, 59), 17],
    )
    assert.equal(second?.size, 2)
  })

  it('finds what differs between two mailboxes', async () => {
    await using server = await startDovecot({ users, separator: '.', namespacePrefix: 'INBOX.' })
    const naming = { separator: '.', namespacePrefix: 'INBOX.' } as const
    await seedMailbox(server, 'anna@old.test', folders, naming)
    await seedMailbox(server, 'ben@old.test', folders, naming)
    const original = await snapshot(server, 'anna@old.test', naming)
    assert.deepEqual(compareSnapshots(original, await snapshot(server, 'ben@old.test', naming)), [])

    await using ben = await openRaw(server, 'ben@old.test')
    await ben.command(['SELECT INBOX'])
    await ben.command(['STORE 1 -FLAGS ($Work)'])
    await ben.command(['STORE 2 +FLAGS (\\Deleted)'])
    await ben.command(['EXPUNGE'])
    await ben.command(['DELETE INBOX.Empty'])

    assert.deepEqual(
      compareSnapshots(original, await snapshot(server, 'ben@old.test', naming)).map(difference => difference.replace(/ \(.*?\)/, '')),
      ['INBOX: keywords of UID 1: "$Work" became ""', 'INBOX: missing UID 2', 'Empty: folder with 0 messages is missing'],
    )
  })

  it('shows a certificate of its own authority', async () => {
    await using server = await startDovecot({ users, tls: 'implicit' })
    assert.ok(server.certificate)
    const socket = connectTls({ host: server.host, port: server.tlsPort, ca: await readFile(server.certificate.caFile) })
    await once(socket, 'secureConnect')
    const { fingerprint256 } = socket.getPeerCertificate()
    socket.destroy()

    assert.equal(fingerprint256.replaceAll(':', '').toLowerCase(), server.certificate.fingerprint)
  })

  it('can be stripped of its extensions', async () => {
    await using server = await startDovecot({ users, capability: 'IMAP4rev1' })
    await using connection = await openRaw(server, 'anna@old.test')
    let capability = ''
    await connection.command(['CAPABILITY'], ({ text }) => {
      capability = text
    })
    assert.equal(capability, '* CAPABILITY IMAP4rev1')
  })

  it('lets a master user in, takes new passwords and refuses removed users', async () => {
    await using server = await startDovecot({ users, masterUser: { user: 'boss', password: 'of all' } })
    await using master = await signInRaw(server, 'anna@old.test*boss', 'of all')
    assert.match(await master.command(['NOOP']), /OK/)

    await server.setPassword('anna@old.test', 'new')
    await server.removeUser('ben@old.test')

    await using anna = await signInRaw(server, 'anna@old.test', 'new')
    assert.match(await anna.command(['NOOP']), /OK/)
    await assert.rejects(signInRaw(server, 'ben@old.test', 'ben'), /AUTHENTICATIONFAILED/)
  })

  for (const mailFormat of ['mdbox', 'sdbox'] as const) {
    it(`keeps mail as ${mailFormat}, within a quota and a largest message`, async () => {
      await using server = await startDovecot({ users, mailFormat, quota: 5000, maxMessageSize: 3000, specialUse: true })
      const fill = (size: number) => seedMailbox(server, 'anna@old.test', [{ path: ['Sent'], messages: [{ body: 'x'.repeat(size) }] }])
      await fill(2500)
      await assert.rejects(fill(3500), /NO .*(?:LIMIT|OVERQUOTA|large)/i)
      await assert.rejects(fill(2900), /OVERQUOTA/)
    })
  }

  it('leaves no process and no file behind', async () => {
    const server = await startDovecot({ users })
    const { pid, dir, port, host } = server
    await server[Symbol.asyncDispose]()

    assert.equal(existsSync(dir), false)
    assert.equal(existsSync(`/proc/${pid}`), false)
    await assert.rejects(connectRaw({ host, port }), /ECONNREFUSED/)
  })
})
