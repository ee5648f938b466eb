import assert from 'node:assert/strict'
import { after, before, describe, it } from 'mocha'
import { MailferryError } from '../../../src/domain/errors.ts'
import type { MailSession } from '../../../src/servers/mailServer.ts'
import { type MailboxView, putMail } from '../../support/exchangeMailbox.ts'
import { mime, received } from './mails.ts'
import { asOwner, directions, type Interference, type Servers, scene, startServers } from './scene.ts'

/** A target that removes and loses the connection over it, the first and the third time. */
const losesRemovals = (): Interference => {
  let times = 0
  return (session): Partial<MailSession> => ({
    async remove(...of) {
      const removed = await session.remove(...of)
      if ([0, 2].includes(times++)) throw new MailferryError('server.dropped', { host: 'new.example', cause: 'ECONNRESET' })
      return removed
    },
  })
}

const withoutBin = (view: MailboxView): MailboxView => new Map([...view].filter(([name]) => name !== 'Deleted Items' && name !== 'Trash'))

const twice = (view: MailboxView): MailboxView => new Map([...view].map(([name, mails]) => [name, mails.flatMap(mail => [mail, mail])]))

describe('a reset', () => {
  let servers: Servers
  before(async () => {
    servers = await startServers()
  })
  after(() => servers[Symbol.asyncDispose]())

  for (const direction of directions) {
    const name = direction.join(' to ')

    it(`by adopt finds everything again from ${name}, and copies only what is new`, async () => {
      await using scenery = await scene(servers, direction)
      const { migration, source, target } = scenery
      await migration.run()
      await migration.reset('adopt')
      await asOwner(source, does => does.receive('INBOX', 100))
      assert.equal((await migration.run()).state, 'completed')
      assert.deepEqual(await target.view(), await source.view())
      assert.deepEqual(await migration.counts(), { adopted: 13, done: 1 })
    })

    it(`by forget copies everything once more from ${name}, and leaves what is there`, async () => {
      await using scenery = await scene(servers, direction)
      const { migration, source, target } = scenery
      await migration.run()
      await migration.reset('forget')
      assert.deepEqual(await target.view(), await source.view())
      assert.equal((await migration.run()).state, 'completed')
      assert.deepEqual(await target.view(), twice(await source.view()))
      assert.deepEqual(await migration.counts(), { done: 13 })
    })

    it(`by remove takes away what was written from ${name}, and only that`, async () => {
      await using scenery = await scene(servers, direction)
      const { migration, target } = scenery
      await migration.run()
      await asOwner(target, does => does.receive('INBOX', 100))
      await migration.reset('remove')
      const view = await target.view()
      assert.deepEqual([view.get('INBOX')?.length, view.get('Projects'), view.get('Drafts')], [1, undefined, undefined])
    })
  }

  for (const direction of directions) {
    it(`by remove that ends in the middle, from ${direction.join(' to ')}, loses nothing to a run that follows, and goes on when it is asked again`, async () => {
      await using scenery = await scene(servers, direction, { interfere: losesRemovals() })
      const { migration, source, target } = scenery
      await migration.run()
      await assert.rejects(migration.reset('remove'))
      assert.equal((await migration.run()).state, 'completed')
      assert.deepEqual(withoutBin(await target.view()), await source.view())
      await assert.rejects(migration.reset('remove'))
      await migration.reset('remove')
      assert.deepEqual(withoutBin(await target.view()), new Map())
      assert.equal((await migration.run()).state, 'completed')
      assert.deepEqual(withoutBin(await target.view()), await source.view())
    })
  }

  it('by adopt knows our copies on Exchange by their marker, whatever became of them', async () => {
    await using scenery = await scene(servers, ['IMAP', 'Exchange'])
    const { migration, source, target } = scenery
    await migration.run()
    const copies = [...(target.store?.items.values() ?? [])]
    for (const { properties } of copies) for (const key of ['0x0037', '0x1035']) properties.delete(key)
    await migration.reset('adopt')
    assert.equal((await migration.run()).state, 'completed')
    assert.deepEqual(await migration.counts(), { adopted: 13 })
    assert.equal(target.store?.items.size, copies.length)
    assert.equal((await source.view()).get('INBOX')?.length, 10)
  })

  it('by adopt knows what another tool put there by its headers, and never takes two mails for one', async () => {
    await using scenery = await scene(servers, ['IMAP', 'Exchange'])
    const { migration, source, target } = scenery
    for (const n of [1, 3]) if (target.store) putMail(target.store, ['INBOX'], { mime: mime(n), received: received(n) })
    assert.equal((await migration.run()).state, 'completed')
    assert.equal((await target.view()).get('INBOX')?.length, 12, 'without adopt it is copied beside')
    await migration.reset('forget')
    assert.equal((await source.view()).get('INBOX')?.length, 10)
  })
})
