import assert from 'node:assert/strict'
import { after, before, describe, it } from 'mocha'
import { folderAt, putMail, putOther, viewOf } from '../../support/exchangeMailbox.ts'
import { archiveOf, fillArchive } from './archives.ts'
import { mime, received } from './mails.ts'
import { asOwner, type Servers, scene, startServers } from './scene.ts'

const both = { job: { archives: true }, archives: ['source', 'target'] } as const

describe('archives of Exchange', () => {
  let servers: Servers
  before(async () => {
    servers = await startServers()
  })
  after(() => servers[Symbol.asyncDispose]())

  it('go into the target’s archives, their folders as they are', async () => {
    await using scenery = await scene(servers, ['Exchange', 'Exchange'], both)
    const { migration, source, target } = scenery
    fillArchive(source)
    assert.equal((await migration.run()).state, 'completed')
    assert.deepEqual(await viewOf(archiveOf(target)), await viewOf(archiveOf(source)))
    assert.deepEqual(await target.view(), await source.view())
    const { different, missing, checked } = await migration.verify(true)
    assert.deepEqual({ different, missing, checked }, { different: 0, missing: 0, checked: 17 })
  })

  it('become folders where the target has none', async () => {
    for (const kind of ['Exchange', 'IMAP'] as const) {
      await using scenery = await scene(servers, ['Exchange', kind], { job: { archives: true }, archives: ['source'] })
      const { migration, source, target } = scenery
      fillArchive(source)
      assert.equal((await migration.run()).state, 'completed')
      const below = [...(await target.view())].filter(([name]) => name.startsWith('In-Place Archive/'))
      assert.deepEqual(
        new Map(below.map(([name, mails]) => [name.replace('In-Place Archive/', ''), mails])),
        await viewOf(archiveOf(source)),
      )
    }
  })

  it('aren’t looked at unless the job says so', async () => {
    await using scenery = await scene(servers, ['Exchange', 'Exchange'], { archives: ['source', 'target'] })
    const { migration, source, target } = scenery
    fillArchive(source)
    assert.equal((await migration.run()).state, 'completed')
    assert.equal(archiveOf(target).items.size, 0)
    assert.deepEqual(await target.view(), await source.view())
  })

  it('are kept up to date, and what was moved into one is found there', async () => {
    await using scenery = await scene(servers, ['Exchange', 'Exchange'], { ...both, job: { archives: true, policy: 'mirror' } })
    const { migration, source, target } = scenery
    fillArchive(source)
    await migration.run()
    folderAt(archiveOf(source), ['Made since'])
    await asOwner(source, async does => {
      await does.move('INBOX', 2, 'In-Place Archive/Inbox')
      await does.move('INBOX', 4, 'In-Place Archive/Made since')
      await does.move('In-Place Archive/Inbox', 200, 'In-Place Archive/Projects/2019')
      await does.receive('In-Place Archive/Inbox', 210)
    })
    assert.equal((await migration.run({ deletionsAllowed: 10 })).state, 'completed')
    assert.deepEqual(await viewOf(archiveOf(target)), await viewOf(archiveOf(source)))
    assert.deepEqual((await target.view()).get('INBOX'), (await source.view()).get('INBOX'))
    const { different, missing, checked } = await migration.verify(true)
    assert.deepEqual({ different, missing, checked }, { different: 0, missing: 0, checked: 18 })
  })

  it('keep what was migrated of them when the job leaves them out again', async () => {
    await using scenery = await scene(servers, ['Exchange', 'Exchange'], { ...both, job: { archives: true, policy: 'mirror' } })
    const { migration, source, target } = scenery
    fillArchive(source)
    await migration.run()
    const before = await viewOf(archiveOf(target))
    await migration.change({ policy: 'mirror' })
    assert.equal((await migration.run({ deletionsAllowed: 100 })).state, 'completed')
    assert.deepEqual(await viewOf(archiveOf(target)), before)
    await migration.change({ archives: true, policy: 'mirror' })
    assert.equal((await migration.run()).state, 'completed')
    assert.deepEqual(await viewOf(archiveOf(target)), before, 'nothing is written a second time')
    await migration.change({})
    await migration.reset('remove')
    assert.deepEqual([...(await viewOf(archiveOf(target))).keys()], ['Deleted Items'], 'what was written is recoverable')
  })

  it('that can’t be opened are named, and keep nothing else from being migrated', async () => {
    for (const role of ['source', 'target'] as const) {
      await using scenery = await scene(servers, ['Exchange', 'Exchange'], both)
      const { migration, source, target } = scenery
      fillArchive(source)
      const { faults } = servers.sandbox[role === 'source' ? 'leaving' : 'receiving'].organisation
      faults.mailboxes.set(archiveOf(scenery[role]).guid, 'ErrorGetRemoteArchiveFolderFailed')
      assert.equal((await migration.run()).state, 'completedWithDifferences')
      const { length } = await migration.folderErrors()
      assert.deepEqual(new Set(await migration.folderErrors()), new Set(['archive.closed']))
      assert.equal(length, role === 'source' ? 1 : 5, 'its root alone, or each folder that has no place')
      assert.deepEqual(await target.view(), await source.view())
      faults.mailboxes.clear()
      assert.equal((await migration.run()).state, 'completed')
      assert.deepEqual(await viewOf(archiveOf(target)), await viewOf(archiveOf(source)))
    }
  })

  it('that close between two runs lose nothing on the target', async () => {
    await using scenery = await scene(servers, ['Exchange', 'Exchange'], { ...both, job: { archives: true, policy: 'mirror' } })
    const { migration, source, target } = scenery
    fillArchive(source)
    await migration.run()
    const { faults } = servers.sandbox.leaving.organisation
    faults.mailboxes.set(archiveOf(source).guid, 'ErrorGetRemoteArchiveFolderFailed')
    assert.equal((await migration.run({ deletionsAllowed: 100 })).state, 'completedWithDifferences')
    faults.mailboxes.clear()
    assert.deepEqual(await viewOf(archiveOf(target)), await viewOf(archiveOf(source)))
    assert.equal((await migration.run()).state, 'completed')
    assert.deepEqual(await viewOf(archiveOf(target)), await viewOf(archiveOf(source)))
  })

  it('are found again by a reset that adopts', async () => {
    await using scenery = await scene(servers, ['Exchange', 'Exchange'], both)
    const { migration, source, target } = scenery
    fillArchive(source)
    putOther(
      archiveOf(source),
      [...archiveOf(source).folders.values()].find(({ displayName }) => displayName === '2019') ?? assert.fail(),
      'IPM.Note',
      'None',
    )
    await migration.run()
    const before = archiveOf(target).items.size
    await migration.reset('adopt')
    assert.equal((await migration.run()).state, 'completed')
    assert.equal(archiveOf(target).items.size, before)
  })

  it('are counted by a dry run, which says where they would go', async () => {
    for (const archives of [['source', 'target'], ['source']] as const) {
      await using scenery = await scene(servers, ['Exchange', 'Exchange'], { job: { archives: true }, archives })
      fillArchive(scenery.source)
      const findings = await scenery.migration.dryRun()
      const found = findings.filter(text => text.includes('rchive'))
      assert.deepEqual(found, [
        archives.length === 2
          ? '4 items of the archive will be copied into the target’s archive.'
          : 'The target mailbox has no archive: 4 items of the source’s will be copied into the folder “In-Place Archive” of the mailbox. Have its archive enabled before the run, if they are to be archived there.',
      ])
    }
  })

  it('never take an ordinary folder of their name', async () => {
    await using scenery = await scene(servers, ['Exchange', 'Exchange'], { job: { archives: true }, archives: ['target'] })
    const { migration, source, target } = scenery
    putMail(source.store ?? assert.fail(), ['In-Place Archive'], { mime: mime(5), received: received(5) })
    assert.equal((await migration.run()).state, 'completed')
    assert.equal(archiveOf(target).items.size, 0)
    assert.equal((await target.view()).get('In-Place Archive (2)')?.length, 1)
  })
})
