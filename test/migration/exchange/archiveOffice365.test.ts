import assert from 'node:assert/strict'
import { after, before, describe, it } from 'mocha'
import { storeMessage } from '../../../src/sandbox/exchange/store/storeMessage.ts'
import { expandArchive } from '../../../src/sandbox/office365/archives.ts'
import { folderAt, putMail, putOther, viewOf } from '../../support/exchangeMailbox.ts'
import { archiveOf, fillArchive } from './archives.ts'
import { mime, received } from './mails.ts'
import { asOwner, type Servers, type Side, scene, startServers } from './scene.ts'

function fillWhole(side: Side): void {
  fillArchive(side)
  putOther(archiveOf(side), folderAt(archiveOf(side), ['Old dates'], 'IPF.Appointment'), 'IPM.Appointment', 'Dentist')
}

const cloud = ['Office 365', 'Office 365'] as const
const both = { job: { archives: true }, archives: ['source', 'target'] } as const

describe('archives of Office 365', () => {
  let servers: Servers
  before(async () => {
    servers = await startServers()
  })
  after(() => servers[Symbol.asyncDispose]())

  it('go into the target’s archives, items of every class whole', async () => {
    await using scenery = await scene(servers, cloud, both)
    const { migration, source, target } = scenery
    fillWhole(source)
    assert.equal((await migration.run()).state, 'completed')
    assert.deepEqual(await viewOf(archiveOf(target)), await viewOf(archiveOf(source)))
    assert.deepEqual(await target.view(), await source.view())
    assert.deepEqual(await migration.formats(), { mailboxItem: 18 })
    assert.equal((await migration.run()).state, 'completed')
    assert.equal(archiveOf(target).items.size, 5, 'nothing is written a second time')
    const { different, missing } = await migration.verify(true)
    assert.deepEqual({ different, missing }, { different: 0, missing: 0 })
  })

  it('are found again by a reset that adopts, and taken away by one that removes', async () => {
    await using scenery = await scene(servers, cloud, both)
    const { migration, source, target } = scenery
    fillWhole(source)
    await migration.run()
    await migration.reset('adopt')
    assert.equal((await migration.run()).state, 'completed')
    assert.equal(archiveOf(target).items.size, 5)
    await migration.reset('forget')
    await migration.run()
    await migration.reset('remove')
    const { size } = await viewOf(archiveOf(target))
    assert.ok(size <= 4)
  })

  it('are kept up to date; what was moved into one is copied there, and its old copy follows the policy', async () => {
    for (const policy of ['changes', 'mirror'] as const) {
      await using scenery = await scene(servers, cloud, { ...both, job: { archives: true, policy } })
      const { migration, source, target } = scenery
      fillWhole(source)
      await migration.run()
      const before = await target.view()
      putMail(archiveOf(source), ['Inbox'], { mime: mime(2), received: received(2), read: true })
      await asOwner(source, does => does.remove('INBOX', 2))
      assert.equal((await migration.run({ deletionsAllowed: 10 })).state, 'completed')
      assert.deepEqual(await viewOf(archiveOf(target)), await viewOf(archiveOf(source)))
      assert.deepEqual((await target.view()).get('INBOX'), (policy === 'mirror' ? await source.view() : before).get('INBOX'))
    }
  })

  it('that grew over several stores are followed into each of them', async () => {
    await using scenery = await scene(servers, cloud, both)
    const { migration, source, target } = scenery
    fillWhole(source)
    const { store, folder } = expandArchive(servers.cloud.leaving.tenant, archiveOf(source), 'Grown')
    storeMessage(store, folder, Buffer.from(mime(300).replaceAll('\n', '\r\n')), { received: received(300), isRead: true, categories: [] })
    const there = expandArchive(servers.cloud.receiving.tenant, archiveOf(target), 'Grown')
    assert.equal((await migration.run()).state, 'completed')
    assert.equal(there.store.items.size, 1)
    assert.equal((await migration.verify()).missing, 0)
  })

  it('go into the mailbox where the target has none', async () => {
    await using scenery = await scene(servers, cloud, { job: { archives: true }, archives: ['source'] })
    const { migration, source, target } = scenery
    fillWhole(source)
    assert.equal((await migration.run()).state, 'completed')
    const view = await target.view()
    assert.deepEqual(view.get('In-Place Archive/Inbox'), (await viewOf(archiveOf(source))).get('Inbox'))
    const { size } = target.store?.items ?? assert.fail()
    await migration.reset('adopt')
    assert.equal((await migration.run()).state, 'completed')
    assert.equal(target.store?.items.size, size, 'as messages they are known again')
  })

  it('can’t be read as messages: into IMAP and Exchange each folder is named, and nothing else is kept back', async () => {
    for (const kind of ['IMAP', 'Exchange'] as const) {
      await using scenery = await scene(servers, ['Office 365', kind], { job: { archives: true }, archives: ['source'] })
      const { migration, source, target } = scenery
      fillWhole(source)
      assert.equal((await migration.run()).state, 'completedWithDifferences')
      assert.deepEqual(new Set(await migration.folderErrors()), new Set(['folder.notCarried']))
      assert.deepEqual(await target.view(), await source.view())
    }
  })

  it('take what Exchange’s archives hold only by the way that nobody documents', async () => {
    await using scenery = await scene(servers, ['Exchange', 'Office 365'], both)
    const { migration, source, target } = scenery
    fillWhole(source)
    assert.equal((await migration.run()).state, 'completedWithDifferences')
    assert.equal(archiveOf(target).items.size, 0)
    await migration.change({ archives: true, unprovenTransfer: true })
    await migration.run()
    assert.equal(archiveOf(target).items.size, 5)
    await migration.reset('adopt')
    await migration.run()
    assert.equal(archiveOf(target).items.size, 5, 'by their headers they are known again')
  })

  it('that can’t be opened are named, and keep nothing else from being migrated', async () => {
    await using scenery = await scene(servers, cloud, both)
    const { migration, source, target } = scenery
    fillWhole(source)
    const { faults } = servers.cloud.leaving.tenant.organisation
    faults.mailboxes.set(archiveOf(source).guid, 'ErrorMailboxStoreUnavailable')
    assert.equal((await migration.run()).state, 'completedWithDifferences')
    assert.deepEqual(await migration.folderErrors(), ['archive.closed'])
    assert.deepEqual(await target.view(), await source.view())
    faults.mailboxes.clear()
    assert.equal((await migration.run()).state, 'completed')
    assert.deepEqual(await viewOf(archiveOf(target)), await viewOf(archiveOf(source)))
  })
})
