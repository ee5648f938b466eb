import assert from 'node:assert/strict'
import { after, before, describe, it } from 'mocha'
import type { Mailbox } from '../../../src/sandbox/exchange/mailbox.ts'
import { folderAt, othersIn, putMail, putOther } from '../../support/exchangeMailbox.ts'
import { mime, received } from './mails.ts'
import { asOwner, type Servers, type Side, scene, startServers } from './scene.ts'

const store = ({ store: mailbox }: Side): Mailbox => mailbox ?? assert.fail()

function fillOthers(side: Side): void {
  for (const subject of ['Dentist', 'Board meeting']) putOther(store(side), 'calendar', 'IPM.Appointment', subject)
  putOther(store(side), 'contacts', 'IPM.Contact', 'Ann')
}

describe('calendars and contacts', () => {
  let servers: Servers
  before(async () => {
    servers = await startServers()
  })
  after(() => servers[Symbol.asyncDispose]())

  it('travel from Exchange to Exchange into the folders that everybody has', async () => {
    await using scenery = await scene(servers, ['Exchange', 'Exchange'])
    const { migration, source, target } = scenery
    fillOthers(source)
    assert.equal((await migration.run()).state, 'completed')
    assert.deepEqual(othersIn(store(target)), { 'Calendar: IPM.Appointment': 2, 'Contacts: IPM.Contact': 1 })
    assert.equal((await migration.run()).state, 'completed')
    assert.deepEqual(othersIn(store(target)), othersIn(store(source)))
  })

  it('travel from Office 365 to Office 365 likewise', async () => {
    await using scenery = await scene(servers, ['Office 365', 'Office 365'])
    const { migration, source, target } = scenery
    fillOthers(source)
    assert.equal((await migration.run()).state, 'completed')
    assert.deepEqual(othersIn(store(target)), { 'Calendar: IPM.Appointment': 2, 'Contacts: IPM.Contact': 1 })
    assert.deepEqual(await migration.formats(), { mailboxItem: 16 })
    assert.equal((await migration.run()).state, 'completed')
    assert.deepEqual(othersIn(store(target)), othersIn(store(source)))
  })

  it('travel from Exchange to Office 365 only by the way that nobody documents, and only where the job asks for it', async () => {
    await using scenery = await scene(servers, ['Exchange', 'Office 365'])
    const { migration, source, target } = scenery
    fillOthers(source)
    assert.equal((await migration.run()).state, 'completedWithDifferences')
    assert.deepEqual(await migration.formats(), { rfc822: 13 })
    assert.deepEqual(othersIn(store(target)), {})
    await migration.change({ unprovenTransfer: true })
    await migration.run()
    assert.deepEqual(othersIn(store(target)), { 'Calendar: IPM.Appointment': 2, 'Contacts: IPM.Contact': 1 })
    assert.deepEqual(await migration.formats(), { rfc822: 13, fts: 3 })
  })

  it('that IMAP can’t hold are differences: their folders say so, and aren’t made there', async () => {
    await using scenery = await scene(servers, ['Exchange', 'IMAP'])
    const { migration, source, target } = scenery
    fillOthers(source)
    const state = await migration.run()
    assert.deepEqual([state.state, 'differences' in state && state.differences], ['completedWithDifferences', 2])
    assert.deepEqual(await target.view(), await source.view())
    assert.deepEqual(await migration.folderErrors(), ['folder.notCarried', 'folder.notCarried'])
    assert.equal((await migration.verify()).pending, 0, 'nothing of it is new')
  })

  it('whose folder is gone from the source are no difference any more', async () => {
    await using scenery = await scene(servers, ['Exchange', 'IMAP'])
    const { migration, source } = scenery
    const trips = folderAt(store(source), ['Trips'], 'IPF.Appointment')
    putOther(store(source), trips, 'IPM.Appointment', 'Rome')
    await migration.run()
    assert.deepEqual(await migration.folderErrors(), ['folder.notCarried'])
    for (const number of trips.items.keys()) store(source).items.delete(number)
    store(source).folders.delete(trips.number)
    assert.equal((await migration.run()).state, 'completed')
    assert.deepEqual(await migration.folderErrors(), [])
  })

  it('that lie among mail are listed by their class, once, and don’t count as errors of the run', async () => {
    await using scenery = await scene(servers, ['Exchange', 'IMAP'], { job: { limits: { maxErrorsPerPair: 0 } } })
    const { migration, source } = scenery
    for (const subject of ['Ann', 'Bob']) putOther(store(source), 'inbox', 'IPM.Contact', subject)
    const state = await migration.run()
    assert.deepEqual([state.state, 'differences' in state && state.differences], ['completedWithDifferences', 2])
    assert.deepEqual(await migration.reasons(), ['item.notCarried', 'item.notCarried'])
    await migration.run()
    assert.deepEqual(await migration.attempts(), [1, 1], 'they aren’t read again by each delta')
  })

  it('and mail are carried by what the report names', async () => {
    await using scenery = await scene(servers, ['Exchange', 'Exchange'])
    const { migration, target } = scenery
    await migration.run()
    const marks = [...store(target).items.values()].filter(({ properties }) => [...properties.keys()].some(key => /mailferry/i.test(key)))
    assert.equal(marks.length, 13, 'each got its marker after it was written')
    assert.deepEqual(await migration.formats(), { fts: 13 })
  })
})

describe('read receipts', () => {
  let servers: Servers
  before(async () => {
    servers = await startServers()
  })
  after(() => servers[Symbol.asyncDispose]())

  it('are never sent, whatever is carried over, moved or deleted', async () => {
    for (const direction of [
      ['Exchange', 'Exchange'],
      ['IMAP', 'Exchange'],
      ['Exchange', 'IMAP'],
      ['Office 365', 'Office 365'],
      ['IMAP', 'Office 365'],
    ] as const) {
      await using scenery = await scene(servers, direction, { job: { policy: 'mirror' } })
      const { migration, source } = scenery
      await migration.run()
      if (source.store) putMail(source.store, ['INBOX'], { mime: mime(100), received: received(100) })
      await asOwner(source, async does => {
        await does.flag('INBOX', 1, ['\\Seen'])
        await does.move('INBOX', 2, 'Projects')
        await does.remove('INBOX', 5)
      })
      assert.equal((await migration.run({ deletionsAllowed: 2 })).state, 'completed')
      assert.equal((await migration.counts())['removed'], 1)
      await migration.reset('remove')
    }
    const sides = [servers.sandbox, servers.cloud].flatMap(({ leaving, receiving }) => [leaving, receiving])
    assert.deepEqual(
      sides.flatMap(({ organisation }) => organisation.outbox),
      [],
    )
  }).timeout(60_000)
})
