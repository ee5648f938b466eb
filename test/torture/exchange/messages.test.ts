import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, describe, it } from 'mocha'
import { type Servers, type Side, scene, startServers } from '../../migration/exchange/scene.ts'
import { type MailboxView, putMail, viewOf } from '../../support/exchangeMailbox.ts'
import { viewOfImap } from '../../support/exchangeMigration.ts'
import { seedMailbox } from '../../support/mailbox.ts'
import { type TortureMessage, tortureMessages } from '../messages.ts'

const messages = (): TortureMessage[] => [
  ...tortureMessages(),
  { what: 'a subject of 10 MB', body: `Subject: ${'long '.repeat(2_000_000)}\r\n\r\nx\r\n` },
]

/** There is no message in it, as Exchange sees it. */
const isNone = ({ what }: TortureMessage): boolean => what === 'nothing but an empty line'

/** Dovecot ends lines anew, has another byte for NUL, and no mail of the future. */
const changedByDovecot = [
  'LF and CRLF mixed',
  'NUL in the body',
  'bare CR',
  'bare LF everywhere',
  'every byte there is',
  'half a megabyte that no packer can shrink',
  'received 2037-12-31T23:59:59Z',
  'received 2038-01-19T03:14:07Z',
  'received 2038-01-19T03:14:08Z',
  'received 2099-12-31T23:59:59Z',
]

describe('mails that are hard to move', () => {
  let servers: Servers
  before(async () => {
    servers = await startServers()
  })
  after(() => servers[Symbol.asyncDispose]())

  it('arrive from IMAP on Exchange byte for byte and once; what it takes for no message is listed', async function () {
    this.timeout(120_000)
    await using scenery = await scene(servers, ['IMAP', 'Exchange'])
    const { migration, source, target } = scenery
    await seedMailbox(servers.imap, source.address, [{ path: ['INBOX'], messages: messages() }])
    const state = await migration.run()
    assert.deepEqual([state.state, 'differences' in state && state.differences], ['completedWithDifferences', 1])
    assert.deepEqual(await migration.reasons(), ['item.rejected'])
    assert.deepEqual(await missing(servers, source, target), ['nothing but an empty line'])
  })

  it('arrive from Exchange on IMAP byte for byte and once; what Dovecot changes is a difference, by size or date at once', async function () {
    this.timeout(120_000)
    await using scenery = await scene(servers, ['Exchange', 'IMAP'])
    const { migration, source, target } = scenery
    fill(source)
    assert.equal((await migration.run()).state, 'completedWithDifferences')
    assert.deepEqual(Object.keys(await migration.counts()), ['done'])
    assert.deepEqual(await missing(servers, source, target), changedByDovecot)
  })

  it('arrive from Exchange on Exchange byte for byte and once', async function () {
    this.timeout(120_000)
    await using scenery = await scene(servers, ['Exchange', 'Exchange'])
    const { migration, source, target } = scenery
    fill(source)
    assert.equal((await migration.run()).state, 'completed')
    assert.deepEqual(await missing(servers, source, target), [])
  })
})

function fill({ store }: Side): void {
  if (!store) return
  for (const [index, message] of messages().entries()) {
    const { body, received = new Date(1_600_000_000_000 + 1000 * index) } = message
    if (!isNone(message)) putMail(store, ['INBOX'], { mime: Buffer.from(body), received: received.getTime() })
  }
}

const sha256 = (bytes: Buffer | string): string => createHash('sha256').update(bytes).digest('hex')

/** What is hard about the messages that the target hasn't as the source has them; fails where it has any more than it should. */
async function missing({ imap }: Servers, source: Side, target: Side): Promise<string[]> {
  const view = ({ store, address }: Side): Promise<MailboxView> =>
    store ? viewOf(store, { print: sha256 }) : viewOfImap(imap, address, { print: sha256 })
  const [original, copy] = [[...(await view(source)).values()].flat(), [...(await view(target)).values()].flat()]
  const there = copy.map(mail => JSON.stringify(mail))
  const lost = original.filter(mail => {
    const at = there.indexOf(JSON.stringify(mail))
    if (at >= 0) there.splice(at, 1)
    return at < 0
  })
  assert.ok(there.length <= lost.length, 'nothing is there twice')
  const names = new Map(messages().map(({ what, body }) => [sha256(body), what]))
  return lost.map(({ content }) => names.get(content) ?? 'something else').sort()
}
