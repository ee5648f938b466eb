import assert from 'node:assert/strict'
import { after, before, describe, it } from 'mocha'
import { editMail, folderAt, type MailboxView } from '../../support/exchangeMailbox.ts'
import { mime, received } from './mails.ts'
import { asOwner, directions, type Scene, type Servers, type Side, scene, startServers } from './scene.ts'

/** What both mailboxes hold, but for the deleted-items folders. */
const withoutBin = (view: MailboxView): MailboxView => new Map([...view].filter(([name]) => name !== 'Deleted Items' && name !== 'Trash'))

const holding = (view: MailboxView, folder: string): number => view.get(folder)?.length ?? 0

describe('a delta', () => {
  let servers: Servers
  before(async () => {
    servers = await startServers()
  })
  after(() => servers[Symbol.asyncDispose]())

  const changed = async ({ source }: Scene): Promise<void> =>
    asOwner(source, async does => {
      await does.receive('INBOX', 100, 101)
      await does.flag('INBOX', 1, ['\\Seen', '\\Flagged', 'Later on'])
      await does.move('INBOX', 2, 'Projects')
    })

  const edit = ({ store }: Side): void => {
    if (store) editMail(store, received(40), mime(40, 'Now it says something else.'))
  }

  for (const direction of directions) {
    const name = direction.join(' to ')

    it(`from ${name} carries over what is new, changed and moved`, async () => {
      await using scenery = await scene(servers, direction)
      const { migration, source, target } = scenery
      await migration.run()
      await changed(scenery)
      assert.equal((await migration.run()).state, 'completed')
      assert.deepEqual(await target.view(), await source.view())
      assert.equal((await migration.counts())['done'], 15, 'the moved message is the same row')
    })

    it(`from ${name} carries over deletions only where it mirrors, recoverably, and only when allowed`, async () => {
      await using scenery = await scene(servers, direction, { job: { policy: 'mirror' } })
      const { migration, source, target } = scenery
      await migration.run()
      const before = await target.view()
      await asOwner(source, does => does.remove('INBOX', 5))
      assert.equal((await migration.run()).state, 'waiting')
      assert.deepEqual(withoutBin(await target.view()), withoutBin(before))
      assert.equal((await migration.run({ deletionsAllowed: 1 })).state, 'completed')
      assert.deepEqual(withoutBin(await target.view()), withoutBin(await source.view()))
    })

    it(`from ${name} keeps what the source deleted, unless it mirrors`, async () => {
      await using scenery = await scene(servers, direction)
      const { migration, source, target } = scenery
      await migration.run()
      const before = withoutBin(await target.view())
      await asOwner(source, does => does.remove('INBOX', 5))
      assert.equal((await migration.run()).state, 'completed')
      assert.deepEqual(withoutBin(await target.view()), before)
    })

    it(`from ${name} with the policy “new” adds, and changes nothing`, async () => {
      await using scenery = await scene(servers, direction, { job: { policy: 'new' } })
      const { migration, target } = scenery
      await migration.run()
      const before = await target.view()
      await changed(scenery)
      assert.equal((await migration.run()).state, 'completed')
      const after = await target.view()
      assert.deepEqual(
        [holding(after, 'INBOX'), holding(after, 'Projects')],
        [holding(before, 'INBOX') + 2, holding(before, 'Projects') + 1],
      )
      for (const [folder, mails] of before) {
        const there = (after.get(folder) ?? []).map(mail => JSON.stringify(mail))
        for (const mail of mails) assert.ok(there.includes(JSON.stringify(mail)), `${folder} lost one`)
      }
    })

    it(`from ${name} leaves alone what somebody changed on the target`, async () => {
      await using scenery = await scene(servers, direction)
      const { migration, source, target } = scenery
      await migration.run()
      await asOwner(target, does => does.flag('INBOX', 1, ['\\Answered', 'Mine']))
      const before = await target.view()
      await asOwner(source, does => does.flag('INBOX', 1, ['\\Seen']))
      assert.equal((await migration.run()).state, 'completed')
      assert.deepEqual(await target.view(), before)
    })
  }

  for (const direction of directions.filter(([from]) => from !== 'IMAP')) {
    const name = direction.join(' to ')

    it(`from ${name} brings the copy of an edited draft up to date`, async () => {
      await using scenery = await scene(servers, direction)
      const { migration, source, target } = scenery
      await migration.run()
      edit(source)
      assert.equal((await migration.run()).state, 'completed')
      assert.deepEqual(withoutBin(await target.view()), await source.view())
    })

    it(`from ${name} leaves the copy of an edited draft alone that somebody touched on the target, and says so`, async () => {
      await using scenery = await scene(servers, direction)
      const { migration, source, target } = scenery
      await migration.run()
      await asOwner(target, does => does.flag('Drafts', 40, ['\\Draft', '\\Flagged']))
      const before = await target.view()
      edit(source)
      assert.equal((await migration.run()).state, 'completed')
      assert.deepEqual(await target.view(), before)
      assert.deepEqual(await migration.reasons(), ['item.notUpdated'])
    })
  }

  for (const direction of directions.filter(([from]) => from.startsWith('Office 365'))) {
    const name = direction.join(' to ')

    it(`from ${name} takes its copy up again when an item comes back whose going wasn’t carried over, and doubles nothing`, async () => {
      await using scenery = await scene(servers, direction, { job: { policy: 'new' } })
      const { migration, source, target } = scenery
      await migration.run()
      await asOwner(source, does => does.move('INBOX', 2, 'Projects'))
      await migration.run()
      const before = await target.view()
      await asOwner(source, does => does.move('Projects', 2, 'INBOX'))
      assert.equal((await migration.run()).state, 'completed')
      assert.deepEqual(await target.view(), before)
      await asOwner(source, does => does.remove('INBOX', 2))
      assert.equal((await migration.run()).state, 'completed')
      assert.deepEqual(await migration.counts(), { done: 12, orphaned: 2 })
    })

    it(`from ${name} copies an item anew that was deleted on the target and is restored in the source`, async () => {
      const job = { policy: 'mirror', filters: { excludeFolders: ['Set aside'] } } as const
      await using scenery = await scene(servers, direction, { job })
      const { migration, source, target } = scenery
      assert.ok(source.store)
      folderAt(source.store, ['Set aside'])
      await migration.run()
      const before = withoutBin(await target.view())
      await asOwner(source, does => does.move('INBOX', 2, 'Set aside'))
      await migration.run({ deletionsAllowed: 1 })
      assert.equal(holding(await target.view(), 'INBOX'), holding(before, 'INBOX') - 1)
      await asOwner(source, does => does.move('Set aside', 2, 'INBOX'))
      assert.equal((await migration.run()).state, 'completed')
      assert.deepEqual(withoutBin(await target.view()), before)
    })
  }

  for (const direction of directions.filter(([, to]) => to.startsWith('Office 365'))) {
    it(`from ${direction.join(' to ')} leaves where it is what somebody filed elsewhere on the target`, async () => {
      await using scenery = await scene(servers, direction, { job: { policy: 'mirror' } })
      const { migration, source, target } = scenery
      await migration.run()
      await asOwner(target, async does => {
        await does.move('INBOX', 1, 'Projects')
        await does.move('INBOX', 2, 'Projects')
      })
      const before = await target.view()
      await asOwner(source, async does => {
        await does.move('INBOX', 1, 'Projects/Köln 2024')
        await does.remove('INBOX', 2)
      })
      assert.equal((await migration.run({ deletionsAllowed: 1 })).state, 'completed')
      assert.deepEqual(await target.view(), before)
    })
  }
})
