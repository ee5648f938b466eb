import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { type Sandbox, startSandbox } from '../../src/sandbox/world.ts'
import { cli } from '../support/cli.ts'
import { type Dovecot, startDovecot } from '../support/dovecot.ts'
import { putMail, storeOf } from '../support/exchangeMailbox.ts'
import { exchangeEndpoint } from '../support/exchangeMigration.ts'
import { openRaw, seedMailbox } from '../support/mailbox.ts'
import { type PlannedPair, planFor } from '../support/migrationPlan.ts'
import { measuredCli } from '../support/peakMemory.ts'
import { tempDir } from '../support/tempDir.ts'

const head = `From: Ann <ann@example.org>
To: Bob <bob@example.org>
Subject: The whole archive
Date: Mon, 04 Mar 2024 10:00:00 +0000
Message-ID: <archive@example.org>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="b"

--b
Content-Type: text/plain

Here it is.
--b
Content-Type: application/octet-stream; name="archive.bin"
Content-Transfer-Encoding: base64
Content-Disposition: attachment; filename="archive.bin"

`.replaceAll('\n', '\r\n')

/** A message of 150 megabytes, most of them a file. */
function largeMail(): Buffer {
  const line = Buffer.from(`${Buffer.alloc(57, 'some of the file ').toString('base64')}\r\n`)
  return Buffer.concat([Buffer.from(head), Buffer.alloc(line.length * Math.floor(150e6 / line.length), line), Buffer.from('--b--\r\n')])
}

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

describe('a message of 150 MB', function () {
  this.timeout(180_000)
  const mail = largeMail()
  const digest = sha256(mail)
  let sandbox: Sandbox
  let imap: Dovecot
  before(async () => {
    const large = { organisation: { limits: { maxMessageSize: 300e6 } }, front: { longestRequest: 300e6 } }
    ;[sandbox, imap] = await Promise.all([
      startSandbox({ people: 4, leaving: large, receiving: large }),
      startDovecot({ anyUser: 'secret' }),
    ])
  })
  after(async () => {
    await Promise.all([sandbox?.[Symbol.asyncDispose](), imap?.[Symbol.asyncDispose]()])
  })

  const person = (side: 'leaving' | 'receiving', n: number) => {
    const found = sandbox[side].people[n]
    if (!found) throw new Error('too few people')
    return {
      address: found.primarySmtpAddress,
      store: storeOf(sandbox[side].organisation, found),
      endpoint: exchangeEndpoint(sandbox[side]),
    }
  }
  const filled = (n: number) => {
    const { store, ...rest } = person('leaving', n)
    putMail(store, ['INBOX'], { mime: mail, received: Date.UTC(2024, 2, 4) })
    return rest
  }
  const arrived = (n: number): string[] =>
    [...person('receiving', n).store.items.values()].map(({ mime }) => sha256(mime ?? Buffer.alloc(0)))

  /** Migrates by the command line that is shipped, and answers what memory that took at most. */
  const peakOf = async (pair: PlannedPair): Promise<number> => {
    using dir = tempDir()
    const ledger = ['--ledger', join(dir.path, 'ledger.db')]
    const applied = await cli(['apply', planFor(dir.path, pair), ...ledger], { cwd: dir.path })
    assert.equal(applied.code, 0, applied.stdout + applied.stderr)
    const { code, peak, stdout, stderr } = await measuredCli(dir.path, ['job', 'start', 'move', ...ledger])
    assert.equal(code, 0, stdout + stderr)
    return peak
  }
  const isBounded = (peak: number) => assert.ok(peak < 200e6, `took ${Math.round(peak / 1e6)} MB`)

  it('goes from Exchange to IMAP in less than 200 MB of memory', async () => {
    const { address, endpoint } = filled(0)
    isBounded(await peakOf({ from: endpoint, to: imap, source: address, target: 'anna' }))
    await using owner = await openRaw(imap, 'anna')
    await owner.command(['EXAMINE INBOX'])
    let told = ''
    await owner.command(['FETCH 1:* RFC822.SIZE'], ({ text }) => {
      told += text
    })
    assert.equal(/RFC822\.SIZE (\d+)/.exec(told)?.[1], String(mail.length))
  })

  it('goes from IMAP to Exchange in less than 200 MB of memory', async () => {
    await seedMailbox(imap, 'bert', [{ path: ['INBOX'], messages: [{ body: mail }] }])
    const { address, endpoint } = person('receiving', 1)
    isBounded(await peakOf({ from: imap, to: endpoint, source: 'bert', target: address }))
    assert.deepEqual(arrived(1), [digest])
  })

  it('goes from Exchange to Exchange as its own stream in less than 200 MB of memory', async () => {
    const [from, to] = [filled(2), person('receiving', 2)]
    isBounded(await peakOf({ from: from.endpoint, to: to.endpoint, source: from.address, target: to.address }))
    assert.deepEqual(arrived(2), [digest])
  })

  it('goes from Exchange to Exchange as MIME in less than 200 MB of memory', async () => {
    const [from, to] = [filled(3), person('receiving', 3)]
    sandbox.leaving.organisation.faults.withheld.set('ExportItems', 'ErrorInvalidOperation')
    isBounded(await peakOf({ from: from.endpoint, to: to.endpoint, source: from.address, target: to.address }))
    assert.deepEqual(arrived(3), [digest])
  })
})
