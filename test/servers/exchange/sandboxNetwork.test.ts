import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isError } from '../../../src/domain/errors.ts'
import { type Sandbox, type SandboxSide, startSandbox } from '../../../src/sandbox/world.ts'
import { openExchangeSession } from '../../../src/servers/exchange/session/session.ts'
import type { EwsTransport } from '../../../src/servers/exchange/transport/ewsTransport.ts'
import type { Folder, FoundItem, MailSession } from '../../../src/servers/mailServer.ts'
import { createSignInGuard } from '../../../src/servers/signInGuard.ts'
import { tempDir } from '../../support/tempDir.ts'
import { never } from '../imap/support.ts'
import { folderOfRole, mime, put } from './sandboxSession.ts'
import { inTime, outgoing } from './sessionAnswers.ts'
import { networkOf, transportTo } from './support.ts'

describe('a mailbox on Exchange over the network', () => {
  let sandbox: Sandbox
  let side: SandboxSide
  let transport: EwsTransport
  let session: MailSession
  let inbox: Folder
  let now = 0

  for (const method of ['basic', 'ntlm'] as const) {
    describe(`signed in by ${method}`, () => {
      beforeEach(async () => {
        const dir = tempDir()
        sandbox = await startSandbox({ people: 1 })
        side = sandbox.leaving
        const caFile = join(dir.path, 'ca.pem')
        writeFileSync(caFile, sandbox.caCert)
        const network = networkOf({ '127.0.0.1': side.port }, { caFile })
        const credentials = { method, user: side.admin.userPrincipalName, password: side.admin.password }
        const guard = createSignInGuard('Old server', () => now)
        transport = transportTo(network, { url: side.ewsUrl, credentials, connections: 4, guard })
        const [person] = side.people
        assert.ok(person)
        session = await openExchangeSession(
          {
            transport,
            mailbox: { address: person.primarySmtpAddress },
            connection: 'Old',
            admin: credentials.user,
            access: 'impersonation',
            identity: async address => ({ address }),
            pause: 1,
          },
          { signal: never, connections: 4 },
        )
        inbox = await folderOfRole(session, 'inbox')
      })

      afterEach(async () => {
        await transport[Symbol.asyncDispose]()
        await sandbox[Symbol.asyncDispose]()
      })

      const found = async (): Promise<FoundItem[]> => {
        const all: FoundItem[] = []
        for await (const part of session.find(inbox, inbox.next, never)) all.push(...part)
        return all
      }

      for (const kind of ['dropBefore', 'dropAfter', 'cut'] as const) {
        it(`can find out what became of a write that a ${kind} left open, and never wrote it twice`, async () => {
          side.site.troubles.add({ trouble: { kind }, operations: ['CreateItem'], times: 1 })
          const items = ['a', 'b'].map(name => ({ ...outgoing(mime(name)), marker: name }))
          const results = await session.write(inbox, items, inTime)
          assert.ok(results.every(({ state }) => state !== 'refused'))
          const there = (await found()).map(({ marker }) => marker).sort()
          assert.deepEqual(there, kind === 'dropBefore' ? [] : ['a', 'b'])
        })
      }

      it('reads on through everything that a network does', async () => {
        const keys = await put(session, inbox, ...Array.from({ length: 20 }, (_, index) => outgoing(mime(`m${index}`))))
        for (const kind of ['dropBefore', 'dropAfter', 'cut', 'brokenXml', 'faultThenRubbish', 'signInPage'] as const)
          side.site.troubles.add({ trouble: { kind }, operations: ['GetItem'], times: 1 })
        side.site.troubles.add({ trouble: { kind: 'unavailable', retryAfterSeconds: 0 }, operations: ['GetItem'], times: 1 })
        const batch = { items: 5, bytes: 1_000_000, streamAbove: 500_000 }
        const read: unknown[] = []
        for await (const items of session.read(inbox, keys, { signal: never, format: 'rfc822', batch, sizeOf: () => 1000 }))
          for (const one of items) read.push('content' in one && one.key)
        assert.deepEqual(read, keys)
      })

      it('reads message after message over the connections it has', async () => {
        const keys = await put(session, inbox, ...Array.from({ length: 20 }, (_, index) => outgoing(mime(`m${index}`))))
        const batch = { items: 1, bytes: 1_000_000, streamAbove: 500_000 }
        for await (const [one] of session.read(inbox, keys, { signal: never, format: 'rfc822', batch, sizeOf: () => 1000 }))
          assert.ok(one && 'content' in one)
        const reads = side.site.requests.filter(({ operation, status }) => operation === 'GetItem' && status === 200)
        assert.equal(reads.length, 20)
        const connections = new Set(reads.map(({ connection }) => connection)).size
        assert.ok(connections <= 4, `${connections} connections for 20 requests`)
      })

      it(`has its password refused ${method === 'ntlm' ? 'once' : 'on no more than its connections'} when that is changed in mid-run`, async () => {
        const keys = await put(session, inbox, ...Array.from({ length: 40 }, (_, index) => outgoing(mime(`m${index}`))))
        const batch = { items: 1, bytes: 1_000_000, streamAbove: 500_000 }
        let refused: unknown
        try {
          for await (const [one] of session.read(inbox, keys, { signal: never, format: 'rfc822', batch, sizeOf: () => 1000 })) {
            assert.ok(one && 'content' in one)
            if (side.admin.password === 'changed') continue
            side.admin.password = 'changed'
            now += 10_000
            // Connections that are signed in stay so; new ones have to ask.
            if (method === 'ntlm') side.site.troubles.add({ trouble: { kind: 'dropBefore' }, operations: ['GetItem'], times: 4 })
          }
        } catch (thrown) {
          refused = thrown
        }
        assert.ok(isError(refused, 'signIn.refused', 'signIn.stopped'), String(refused))
        const wrong = side.site.accounts.attempts.filter(({ outcome }) => outcome !== 'accepted').length
        assert.ok(wrong >= 1 && wrong <= (method === 'ntlm' ? 1 : 4), `${wrong} refusals`)
      })

      it('streams a large message there and back', async () => {
        const bytes = Buffer.from(mime('large', '', 'x'.repeat(17_000_000)))
        async function* stream() {
          for (let at = 0; at < bytes.length; at += 100_000) yield bytes.subarray(at, at + 100_000)
        }
        const [key = ''] = await put(session, inbox, outgoing('', {}, { content: { size: bytes.length, stream: stream() } }))
        const hash = createHash('sha256')
        const batch = { items: 5, bytes: 1_000_000, streamAbove: 500_000 }
        for await (const [one] of session.read(inbox, [key], { signal: never, format: 'rfc822', batch })) {
          assert.ok(one && 'content' in one && 'stream' in one.content)
          assert.equal(one.content.size, bytes.length)
          for await (const chunk of one.content.stream) hash.update(chunk)
        }
        assert.equal(hash.digest('hex'), createHash('sha256').update(bytes).digest('hex'))
      })
    })
  }
})
