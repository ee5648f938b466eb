import assert from 'node:assert/strict'
import { contentPrint } from '../../../src/migration/content/contentPrint.ts'
import { keys, textOf } from '../../../src/sandbox/exchange/properties.ts'
import { arrive, mailboxFor } from '../../sandbox/office365/support.ts'
import { never } from '../imap/support.ts'
import { bytesOf, type Cloud, folderOf, outgoing, readAll, scanned, simple, startCloud, writing } from './cloudSession.ts'

describe('mail of an Office 365 mailbox by Graph', () => {
  let cloud: Cloud
  beforeEach(async () => {
    cloud = await startCloud()
  })
  afterEach(() => cloud[Symbol.asyncDispose]())

  it('knows the folders by their roles, in any language, with ids that last', async () => {
    await using session = await cloud.open(cloud.org.anna)
    const folders = await session.folders()
    const roles = Object.fromEntries(folders.flatMap(({ role, path }) => (role ? [[role, path.join('/')]] : [])))
    assert.deepEqual(roles, {
      inbox: 'INBOX',
      sent: 'Sent Items',
      drafts: 'Drafts',
      deleted: 'Deleted Items',
      junk: 'Junk Email',
      archive: 'Archive',
      calendar: 'Calendar',
      contacts: 'Contacts',
      tasks: 'Tasks',
      notes: 'Notes',
    })
    assert.equal(
      folders.some(({ path }) => path[0] === 'Outbox'),
      false,
    )
    assert.deepEqual(await session.identity(), { address: 'anna@contoso.test', id: cloud.org.anna.objectGuid })
    assert.equal(await session.incarnation(), await (await cloud.open(cloud.org.anna)).incarnation())
  })

  it('writes a message that is no draft, with its dates, headers, flags and marker, and finds it by that', async () => {
    await using session = await cloud.open(cloud.org.anna)
    const inbox = await folderOf(session, 'inbox')
    const [result] = await session.write(
      inbox,
      [outgoing(1, { flags: ['$Forwarded', '\\Flagged', '\\Seen', 'Zoll'], marker: 'mark-1', details: { importance: 'high' } })],
      writing,
    )
    assert.equal(result?.state, 'written')
    const [stored] = [...mailboxFor(cloud.org, cloud.org.anna).items.values()]
    assert.equal(textOf(stored?.properties ?? new Map(), keys.importance), '2')
    const { items } = await scanned(session, inbox)
    assert.deepEqual(
      items.map(({ flags, received }) => [flags, received]),
      [[['$Forwarded', 'Zoll', '\\Flagged', '\\Seen'], Date.UTC(2026, 0, 5, 10, 0, 1)]],
    )
    const found = []
    for await (const part of session.find(inbox, inbox.next, never)) found.push(...part)
    assert.deepEqual(
      found.map(({ key, marker }) => [key, marker]),
      [[items[0]?.key, 'mark-1']],
    )
    const [read] = await readAll(session, inbox, [items[0]?.key ?? ''])
    assert.equal(await contentPrint([bytesOf(read)]), await contentPrint([Buffer.from(simple('letter 1'))]))
    const prints = await session.fingerprints(inbox, [items[0]?.key ?? ''], never)
    assert.ok(prints.get(items[0]?.key ?? '')?.loose)
  })

  it('tells what came, changed, was read and went since the last time', async () => {
    arrive(cloud.org, cloud.org.anna, 'First')
    arrive(cloud.org, cloud.org.anna, 'Second')
    await using session = await cloud.open(cloud.org.anna)
    const inbox = await folderOf(session, 'inbox')
    const first = await scanned(session, inbox)
    const known = first.items.map(({ key }) => key)
    assert.equal(known.length, 2)
    arrive(cloud.org, cloud.org.anna, 'Third')
    await session.setFlags(inbox, [{ key: known[0] ?? '', flags: ['\\Seen'] }], writing)
    await session.remove(inbox, [known[1] ?? ''], writing)
    const next = await scanned(session, inbox, { checkpoint: first.checkpoint, known })
    assert.deepEqual([next.items.length, next.vanished, next.compared], [1, [known[1]], false])
    assert.deepEqual(
      next.flags.map(({ key, flags }) => [key, flags]),
      [[known[0], ['\\Seen']]],
    )
    const deleted = await scanned(session, await folderOf(session, 'deleted'))
    assert.deepEqual(
      deleted.items.map(({ key }) => key),
      [known[1]],
      'the id lasts',
    )
  })

  it('compares everything where the state was forgotten, and says so', async () => {
    arrive(cloud.org, cloud.org.anna, 'First')
    arrive(cloud.org, cloud.org.anna, 'Second')
    await using session = await cloud.open(cloud.org.anna)
    const inbox = await folderOf(session, 'inbox')
    const first = await scanned(session, inbox)
    const known = first.items.map(({ key }) => key)
    await session.remove(inbox, [known[1] ?? ''], writing)
    arrive(cloud.org, cloud.org.anna, 'Third')
    cloud.org.tenant.switches.deltaTokensSince = Date.now() + 1
    const next = await scanned(session, inbox, { checkpoint: first.checkpoint, known })
    assert.deepEqual([next.items.length, next.vanished, next.compared], [1, [known[1]], true])
  })
})
