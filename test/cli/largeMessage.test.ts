import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { type Sandbox, startSandbox } from '../../src/sandbox/world.ts'
import { type Dovecot, startDovecot } from '../support/dovecot.ts'
import { putMail, storeOf } from '../support/exchangeMailbox.ts'
import { exchangeEndpoint } from '../support/exchangeMigration.ts'
import { largeMail, migratesInLittleMemory } from '../support/largeMail.ts'
import { openRaw, seedMailbox } from '../support/mailbox.ts'

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

describe('a message of 150 MB', function () {
  this.timeout(180_000)
  const mail = largeMail(150e6)
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

  it('goes from Exchange to IMAP in less than 200 MB of memory', async () => {
    const { address, endpoint } = filled(0)
    await migratesInLittleMemory({ from: endpoint, to: imap, source: address, target: 'anna' })
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
    await migratesInLittleMemory({ from: imap, to: endpoint, source: 'bert', target: address })
    assert.deepEqual(arrived(1), [digest])
  })

  it('goes from Exchange to Exchange as its own stream in less than 200 MB of memory', async () => {
    const [from, to] = [filled(2), person('receiving', 2)]
    await migratesInLittleMemory({ from: from.endpoint, to: to.endpoint, source: from.address, target: to.address })
    assert.deepEqual(arrived(2), [digest])
  })

  it('goes from Exchange to Exchange as MIME in less than 200 MB of memory', async () => {
    const [from, to] = [filled(3), person('receiving', 3)]
    sandbox.leaving.organisation.faults.withheld.set('ExportItems', 'ErrorInvalidOperation')
    await migratesInLittleMemory({ from: from.endpoint, to: to.endpoint, source: from.address, target: to.address })
    assert.deepEqual(arrived(3), [digest])
  })
})
