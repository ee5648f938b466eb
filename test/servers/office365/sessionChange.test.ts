import assert from 'node:assert/strict'
import type { ItemKey } from '../../../src/domain/mail.ts'
import type { Item } from '../../../src/sandbox/exchange/item.ts'
import { deliver } from '../../../src/sandbox/exchange/store/storeMessage.ts'
import type { Folder, MailSession } from '../../../src/servers/mailServer.ts'
import { arrive, mailboxFor } from '../../sandbox/office365/support.ts'
import { never } from '../imap/support.ts'
import { type Cloud, folderOf, readAll, scanned, simple, startCloud, writing } from './cloudSession.ts'

describe('changes of an Office 365 mailbox', () => {
  let cloud: Cloud
  let session: MailSession
  let inbox: Folder
  beforeEach(async () => {
    cloud = await startCloud()
    session = await cloud.open(cloud.org.anna)
    inbox = await folderOf(session, 'inbox')
  })
  afterEach(() => cloud[Symbol.asyncDispose]())

  const stored = (): Item[] => [...mailboxFor(cloud.org, cloud.org.anna).items.values()]
  const sentTo = (): Item[] => [...mailboxFor(cloud.org, cloud.org.ben).items.values()]
  const keys = async (): Promise<ItemKey[]> => (await scanned(session, inbox)).items.map(({ key }) => key)

  /** A colleague's letter who wants to hear when it is read. */
  const arriveWithRequest = (subject: string) =>
    deliver(
      mailboxFor(cloud.org, cloud.org.anna),
      Buffer.from(
        simple(subject)
          .replace('carl@elsewhere.test', 'ben@contoso.test')
          .replace('Subject:', 'Disposition-Notification-To: ben@contoso.test\r\nSubject:'),
      ),
      Date.now(),
    )

  it('give exactly the flags that are wanted, and say what they came to', async () => {
    arrive(cloud.org, cloud.org.anna, 'one')
    const [key = ''] = await keys()
    for (const flags of [['\\Answered', '\\Flagged', '\\Seen', 'Büro'], ['$Completed', '$Forwarded'], []]) {
      const placed = await session.setFlags(inbox, [{ key, flags: [...flags].sort() }], writing)
      assert.equal(placed.get(key)?.flags, undefined)
      const info = (await session.infos(inbox, [key], never)).get(key)
      assert.deepEqual(info?.flags, [...flags].sort())
      assert.equal(info?.version, placed.get(key)?.version)
    }
    const refused = await session.setFlags(inbox, [{ key, flags: ['\\Seen'], expected: ['\\Flagged'] }], writing)
    assert.equal(refused.size, 0, 'somebody else was there first')
  })

  it('tell nobody that mail was read or deleted', async () => {
    for (const subject of ['read', 'deleted', 'deleted twice']) arriveWithRequest(subject)
    const [first = '', second = '', third = ''] = await keys()
    await session.setFlags(inbox, [{ key: first, flags: ['\\Seen'] }], writing)
    await session.remove(inbox, [second, third], writing)
    await session.remove(await folderOf(session, 'deleted'), [third], writing)
    assert.equal(sentTo().length, 0)
    assert.deepEqual(
      stored().map(({ folder }) => folder.distinguished),
      ['inbox', 'deleteditems', 'recoverableitemsdeletions'],
    )
  })

  it('move messages, which keep their ids; once more does no harm', async () => {
    arrive(cloud.org, cloud.org.anna, 'one')
    const [key = ''] = await keys()
    const archive = await folderOf(session, 'archive')
    cloud.org.site.troubles.add({ trouble: { kind: 'dropAfter' }, operations: ['POST users/{user}/messages/{message}/move'], times: 1 })
    const moved = await session.move(inbox, [key], archive, writing)
    assert.equal(moved.get(key)?.key, key)
    assert.deepEqual(
      (await scanned(session, archive)).items.map(item => item.key),
      [key],
    )
  })

  it('make folders once, wherever they are wanted, with names and classes as they are', async () => {
    const wanted = [
      { path: ['Projects', 'Köln/2024'], subscribe: true },
      { path: ['Team calendar'], containerClass: 'IPF.Appointment', subscribe: true },
    ]
    const made = await session.ensureFolders(wanted, never)
    assert.deepEqual(
      made.map(folder => 'path' in folder && [folder.path, folder.containerClass]),
      [
        [['Projects', 'Köln/2024'], undefined],
        [['Team calendar'], 'IPF.Appointment'],
      ],
    )
    const again = await session.ensureFolders(wanted, never)
    assert.deepEqual(
      again.map(folder => 'id' in folder && folder.id),
      made.map(folder => 'id' in folder && folder.id),
    )
  })

  it('and readings outlast what the server drops, breaks off and has no time for', async () => {
    for (let number = 0; number < 30; number++) arrive(cloud.org, cloud.org.anna, `letter ${number}`)
    const all = await keys()
    cloud.org.site.troubles.add({ trouble: { kind: 'dropBefore' }, times: 1 })
    cloud.org.site.troubles.add({ trouble: { kind: 'cut' }, skip: 1, times: 1 })
    cloud.org.site.troubles.add({ trouble: { kind: 'unavailable', retryAfterSeconds: 1 }, skip: 3, times: 1 })
    const read = await readAll(session, inbox, all)
    assert.deepEqual(
      read.map(item => 'content' in item && item.key),
      all,
    )
  }).timeout(20_000)

  it('leave out an item that is damaged, and say so of it alone', async () => {
    arrive(cloud.org, cloud.org.anna, 'good')
    arrive(cloud.org, cloud.org.anna, 'bad')
    const all = await keys()
    cloud.org.tenant.organisation.faults.item = ({ index }) => (index === 1 ? 'ErrorItemCorrupt' : undefined)
    const read = await readAll(session, inbox, all, 'mailboxItem')
    assert.deepEqual(
      read.map(item => ('error' in item ? item.error.code : 'content' in item)),
      [true, 'item.unreadable'],
    )
  })
})
