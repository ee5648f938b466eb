import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { exchangeSide } from '../../src/sandbox/sides/exchangeSide.ts'
import { office365Side } from '../../src/sandbox/sides/office365Side.ts'
import type { Side } from '../../src/sandbox/sides/side.ts'
import { startWorld } from '../../src/sandbox/world.ts'
import { type Dovecot, startDovecot } from '../support/dovecot.ts'
import { putMail, storeOf } from '../support/exchangeMailbox.ts'
import { exchangeEndpoint, office365Endpoint } from '../support/exchangeMigration.ts'
import { largeMail, migratesInLittleMemory, sizeOfFile } from '../support/largeMail.ts'
import { openRaw, seedMailbox } from '../support/mailbox.ts'
import { type TempDir, tempDir } from '../support/tempDir.ts'

describe('a message as large as Office 365 has them, in less than 200 MB of memory,', function () {
  this.timeout(180_000)
  // The most that is taken, and the most of it that an import lets through within its five minutes.
  const [mail, files, imported] = [largeMail(150e6), largeMail(150e6, 50), largeMail(108e6)]
  let imap: Dovecot
  let dir: TempDir
  before(async () => {
    dir = tempDir()
    imap = await startDovecot({ anyUser: 'secret' })
  })
  after(async () => {
    await imap?.[Symbol.asyncDispose]()
    dir[Symbol.dispose]()
  })

  const large = { organisation: { limits: { maxMessageSize: 300e6 } }, front: { longestRequest: 300e6 } }
  const tenant = async () => {
    const sandbox = await startWorld({ people: 1 }, exchangeSide(large), office365Side())
    return { sandbox, exchange: exchangeOf(sandbox.leaving), cloud: cloudOf(sandbox.receiving, sandbox.caCert) }
  }
  const exchangeOf = (side: Parameters<typeof exchangeEndpoint>[0]) => ({ ...mailboxOf(side), endpoint: exchangeEndpoint(side) })
  const cloudOf = (side: Parameters<typeof office365Endpoint>[0], caCert: string) => {
    const ca = join(dir.path, 'ca.pem')
    writeFileSync(ca, caCert)
    return { ...mailboxOf(side), endpoint: office365Endpoint(side, ca) }
  }
  const mailboxOf = ({ people: [person], organisation }: Side) => {
    if (!person) throw new Error('too few people')
    const store = storeOf(organisation, person)
    return {
      address: person.primarySmtpAddress,
      put: (mime: Buffer) => void putMail(store, ['INBOX'], { mime, received: Date.UTC(2024, 2, 4) }),
      sizes: () => [...store.items.values()].flatMap(({ attachments }) => attachments.map(({ content }) => content().length)),
    }
  }

  it('goes there from IMAP, with many files', async () => {
    const { sandbox, cloud } = await tenant()
    await using _ = sandbox
    await seedMailbox(imap, 'anna', [{ path: ['INBOX'], messages: [{ body: files }] }])
    await migratesInLittleMemory({ from: imap, to: cloud.endpoint, source: 'anna', target: cloud.address })
    assert.deepEqual(
      cloud.sizes(),
      Array.from({ length: 50 }, () => sizeOfFile(150e6 / 50)),
    )
  })

  it('goes there from Exchange, with one file', async () => {
    const { sandbox, exchange, cloud } = await tenant()
    await using _ = sandbox
    exchange.put(mail)
    await migratesInLittleMemory({ from: exchange.endpoint, to: cloud.endpoint, source: exchange.address, target: cloud.address })
    assert.deepEqual(cloud.sizes(), [sizeOfFile(150e6)])
  })

  it('goes from there to IMAP and to Exchange', async () => {
    const { sandbox, exchange, cloud } = await tenant()
    await using _ = sandbox
    cloud.put(mail)
    await migratesInLittleMemory({ from: cloud.endpoint, to: exchange.endpoint, source: cloud.address, target: exchange.address })
    assert.deepEqual(exchange.sizes(), [sizeOfFile(150e6)])
    await migratesInLittleMemory({ from: cloud.endpoint, to: imap, source: cloud.address, target: 'from-there' })
    await using owner = await openRaw(imap, 'from-there')
    assert.match(await owner.command(['EXAMINE INBOX']).then(() => sizesIn(owner)), /RFC822\.SIZE 15\d{7}\b/)
  })

  it('goes from one tenant to another', async () => {
    await using sandbox = await startWorld({ people: 1 }, office365Side(), office365Side())
    const [from, to] = [cloudOf(sandbox.leaving, sandbox.caCert), cloudOf(sandbox.receiving, sandbox.caCert)]
    from.put(imported)
    await migratesInLittleMemory({ from: from.endpoint, to: to.endpoint, source: from.address, target: to.address })
    assert.deepEqual(to.sizes(), [sizeOfFile(108e6)])
  })
})

async function sizesIn(owner: Awaited<ReturnType<typeof openRaw>>): Promise<string> {
  let told = ''
  await owner.command(['FETCH 1:* RFC822.SIZE'], ({ text }) => {
    told += text
  })
  return told
}
