import assert from 'node:assert/strict'
import { ImapFlow } from 'imapflow'
import type { Personality } from './hostile/personality.ts'
import { bare, courierLike, cyrusLike, exchangeLike, gmailLike, type HostileImap, startHostileImap } from './hostileImap.ts'

const users = { ann: 'secret' }
const mail = 'Subject: hello\r\nMessage-ID: <1@example.com>\r\n\r\nWorld\r\n'

describe('the scripted IMAP server', () => {
  const personalities: Record<string, Personality> = { bare, exchangeLike, gmailLike, courierLike, cyrusLike }
  for (const [name, personality] of Object.entries(personalities)) {
    it(`serves a whole conversation when ${name}`, async () => {
      await using server = await startHostileImap({ users, personality })
      await using client = await signedIn(server)
      const folder = `${personality.prefix}Work${personality.delimiter}Plans`
      await client.imap.mailboxCreate(folder)
      await client.imap.append(folder, mail, ['\\Seen'], new Date('2024-02-29T12:00:00Z'))
      const lock = await client.imap.getMailboxLock(folder)
      const message = await client.imap.fetchOne('1', { uid: true, flags: true, internalDate: true, source: true })
      lock.release()
      assert.ok(message)
      assert.equal(String(message.source), mail)
      assert.deepEqual(message.flags, new Set(['\\Seen']))
      const stored = server.snapshot('ann').folders.get('Work/Plans')
      assert.equal(stored?.[0]?.received, Date.parse('2024-02-29T12:00:00Z'))
    })
  }

  it('dies in the middle of a literal when told', async () => {
    const rules = [{ on: /FETCH/, trouble: { kind: 'cutIn', bytes: 60, bye: 'shutting down' } }] as const
    await using server = await startHostileImap({ users, rules })
    server.seed('ann', [{ path: ['INBOX'], messages: [{ body: mail }] }])
    await using client = await signedIn(server)
    await client.imap.mailboxOpen('INBOX')
    await assert.rejects(client.imap.fetchOne('1', { source: true }))
  })

  it('stores a message and loses the answer when told', async () => {
    await using server = await startHostileImap({ users, rules: [{ on: /^APPEND/, trouble: { kind: 'loseAnswer' } }] })
    await using client = await signedIn(server)
    await assert.rejects(client.imap.append('INBOX', mail))
    assert.equal(server.snapshot('ann').folders.get('INBOX')?.length, 1)
  })

  it('refuses in its own words as often as told', async () => {
    const text = 'BAD Request is throttled. Suggested Backoff Time: 50 milliseconds'
    await using server = await startHostileImap({ users, rules: [{ on: /^APPEND/, times: 2, trouble: { kind: 'answer', text } }] })
    await using client = await signedIn(server)
    await assert.rejects(client.imap.append('INBOX', mail))
    await assert.rejects(client.imap.append('INBOX', mail))
    assert.ok(await client.imap.append('INBOX', mail))
  })

  it('holds quota and largest message', async () => {
    await using server = await startHostileImap({ users, personality: { ...bare, quota: 100, maxMessageSize: 80 } })
    await using client = await signedIn(server)
    await client.imap.append('INBOX', mail)
    await assert.rejects(client.imap.append('INBOX', mail))
    await assert.rejects(client.imap.append('INBOX', 'x'.repeat(81)))
    assert.equal(server.snapshot('ann').folders.get('INBOX')?.length, 1)
  })
})

async function signedIn(server: HostileImap): Promise<{ imap: ImapFlow } & AsyncDisposable> {
  const imap = new ImapFlow({
    host: server.host,
    port: server.port,
    secure: false,
    doSTARTTLS: false,
    auth: { user: 'ann', pass: users.ann },
    logger: false,
  })
  imap.on('error', () => imap.close())
  await imap.connect()
  return {
    imap,
    [Symbol.asyncDispose]: async () => imap.close(),
  }
}
