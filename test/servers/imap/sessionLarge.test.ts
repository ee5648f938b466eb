import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { ImapServer } from '../../../src/domain/connection.ts'
import { signIn } from '../../../src/servers/imap/connect.ts'
import { openImapSession } from '../../../src/servers/imap/session.ts'
import type { MailSession } from '../../../src/servers/mailServer.ts'
import { trustOf } from '../../../src/servers/tls/trust.ts'
import { type Dovecot, startDovecot } from '../../support/dovecot.ts'
import { openRaw, seedMailbox } from '../../support/mailbox.ts'
import { contents, folderNamed, item, listed, made, openSession, put, scanned, streamed, stripped, writing } from './sessionSupport.ts'
import { never, password } from './support.ts'

setFlagsFromString('--expose-gc')
/** Else what nobody holds any more would be counted until the runtime finds the time to clear it away. */
const collectGarbage: () => void = runInNewContext('gc')

const megabytes = 60
const line = Buffer.from(`${'large mail '.repeat(8)}\r\n`)
const piece = Buffer.alloc(line.length * 700, line)
const pieces = Math.ceil((megabytes * 1e6) / piece.length)

describe('a message of sixty megabytes', () => {
  let dovecot: Dovecot
  let session: MailSession
  let target: MailSession
  before(async () => {
    dovecot = await startDovecot({ users: { ann: 'secret' } })
    session = await openSession(dovecot)
    target = await openSession(dovecot)
  })
  after(async () => {
    await session?.[Symbol.asyncDispose]()
    await target?.[Symbol.asyncDispose]()
    await dovecot?.[Symbol.asyncDispose]()
  })

  it('passes through without ever being held, however slowly it is taken', async () => {
    const [from, to] = [await made(session, 'From'), await made(target, 'To')]
    async function* source() {
      for (let index = 0; index < pieces; index++) yield piece
    }
    const size = pieces * piece.length
    const [key = 0] = await put(session, from, { ...item(''), content: { size, stream: source() } })

    const held = () => {
      collectGarbage()
      return process.memoryUsage().arrayBuffers
    }
    const before = held()
    let most = Number.NEGATIVE_INFINITY
    const hash = createHash('sha256')
    async function* watched(stream: AsyncIterable<Buffer>) {
      let taken = 0
      for await (const chunk of stream) {
        hash.update(chunk)
        if (++taken % 200 === 0) {
          await sleep(5)
          most = Math.max(most, held() - before)
        }
        yield chunk
      }
    }
    const options = { signal: never, format: 'rfc822', batch: { items: 10, bytes: 1e6, streamAbove: 1e6 } } as const
    for await (const [read] of session.read(from, [key], options)) {
      assert.ok(read && 'content' in read && 'stream' in read.content)
      const content = { size: read.content.size, stream: watched(read.content.stream) }
      assert.deepEqual(await target.write(to, [{ ...item(''), content }], writing), [{ state: 'written', key: 1 }])
    }
    // Beside what other suites leave behind in this process; a message that is held would count whole.
    assert.ok(Number.isFinite(most) && most < 25e6, `${(most / 1e6).toFixed(0)} MB were held`)
    const digests = [...(await session.digests(from, [key], never)).values(), ...(await target.digests(to, [1], never)).values()]
    const expected = hash.digest('hex')
    assert.deepEqual(
      digests.map(digest => digest.toString('hex')),
      [expected, expected],
    )
  })
})

describe('a folder of twelve thousand messages', () => {
  const count = 12_000
  for (const [manner, capability] of Object.entries({ 'with all extensions': undefined, 'without extensions': stripped })) {
    it(`is listed in pages, gaps and all, ${manner}`, async () => {
      await using dovecot = await startDovecot({ users: { ann: 'secret' }, ...(capability !== undefined && { capability }) })
      await seedMailbox(dovecot, 'ann', [
        { path: ['INBOX'], messages: Array.from({ length: count }, (_, n) => ({ body: `A: ${n}\r\n\r\n` })) },
      ])
      {
        await using raw = await openRaw(dovecot, 'ann')
        await raw.command(['SELECT INBOX'])
        await raw.command(['UID STORE 3000:4000,11990 +FLAGS.SILENT (\\Deleted)'])
        await raw.command(['EXPUNGE'])
      }
      await using session = await openSession(dovecot)
      const inbox = await folderNamed(session, 'INBOX')
      const pages: number[] = []
      const keys = new Set<number | string>()
      const scan = session.scan(inbox, { signal: never })
      let step = await scan.next()
      for (; !step.done; step = await scan.next()) {
        pages.push(step.value.items.length)
        for (const { key } of step.value.items) keys.add(key)
      }
      assert.equal(keys.size, count - 1002)
      assert.ok(pages.length > 1 && Math.max(...pages) <= 5000, pages.join())

      const [gone = 0] = keys
      await session.remove(inbox, [gone], writing)
      const { items, flags, vanished } = await scanned(session, inbox, { checkpoint: step.value, known: [...keys] })
      assert.deepEqual([items, vanished], [[], [gone]])
      assert.equal(flags.length, capability === undefined ? 0 : keys.size - 1)
    })
  }
})

describe('a connection that is encrypted or compressed', () => {
  for (const [name, options] of Object.entries({
    'over TLS': { tls: 'implicit', compress: false },
    'over STARTTLS with COMPRESS': { tls: 'starttls', compress: true },
  } as const)) {
    it(`carries the same bytes ${name}`, async () => {
      await using dovecot = await startDovecot({ users: { ann: 'secret' }, ...options })
      assert.ok(dovecot.certificate)
      const server: ImapServer = {
        host: dovecot.host,
        port: options.tls === 'implicit' ? dovecot.tlsPort : dovecot.port,
        tls: options.tls,
        caFile: dovecot.certificate.caFile,
      }
      const target = { server, trust: trustOf(server), credentials: async () => password('ann', 'secret') }
      const connect = (signal: AbortSignal) => signIn(target, { signal, compress: options.compress })
      await using session = await openImapSession({ host: server.host, mailbox: 'ann', connect }, { signal: never, connections: 2 })
      const folder = await made(session, 'Mail')
      const bodies = Array.from({ length: 60 }, (_, index) => `Subject: ${index}\r\n\r\n${'abc '.repeat(index * 300)}\r\n`)
      await put(session, folder, ...bodies.map(body => item(body)))
      await put(session, folder, streamed('x'.repeat(500_000)))
      const keys = (await listed(session, folder)).map(({ key }) => key)
      assert.deepEqual([...(await contents(session, folder, keys)).values()], [...bodies, 'x'.repeat(500_000)])
    })
  }
})
