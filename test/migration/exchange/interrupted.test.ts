import assert from 'node:assert/strict'
import { DatabaseSync } from 'node:sqlite'
import { after, before, describe, it } from 'mocha'
import { MailferryError } from '../../../src/domain/errors.ts'
import type { MailSession } from '../../../src/servers/mailServer.ts'
import { editMail, type MailboxView } from '../../support/exchangeMailbox.ts'
import type { Migration } from '../../support/migration.ts'
import { mime, received } from './mails.ts'
import { asOwner, directions, type Interference, type Servers, type Side, scene, startServers } from './scene.ts'

const refused = (command: string) => new MailferryError('server.refused', { host: 'new.example', command, response: 'ErrorAccessDenied' })

const dropped = () => new MailferryError('server.dropped', { host: 'new.example', cause: 'ECONNRESET' })

/** A target that does what it is asked, and whose answer to every other write is lost. */
const losesAnswers = (): Interference => {
  let writes = 0
  return (session): Partial<MailSession> => ({
    async write(folder, items, options) {
      const results = await session.write(folder, items, options)
      return writes++ % 2 === 0 ? items.map(() => ({ state: 'unknown', error: dropped() })) : results
    },
  })
}

/** A target that takes the first marks and loses the connection over them; or, `forGood`, the first in each folder, so that the folder is left as it is. */
const losesMarks = ({ forGood = false } = {}): Interference => {
  const lost = new Set<string>()
  return (session): Partial<MailSession> =>
    session.stamp
      ? {
          async stamp(folder, items, options) {
            const placed = await session.stamp?.(folder, items, options)
            const place = forGood ? folder.id : ''
            if (lost.has(place) && placed) return placed
            lost.add(place)
            throw forGood ? refused('UpdateItem') : dropped()
          },
        }
      : {}
}

/** A target that sets flags and loses the connection over them, the first time. */
const losesFlags = (): Interference => {
  let times = 0
  return (session): Partial<MailSession> => ({
    async setFlags(...of) {
      const placed = await session.setFlags(...of)
      if (of[1].length > 0 && times++ === 0) throw dropped()
      return placed
    },
  })
}

/** A target that moves items and loses the connection over them for good, the first time. */
const losesMoves = (): Interference => {
  let times = 0
  return (session): Partial<MailSession> => ({
    async move(...of) {
      const placed = await session.move(...of)
      if (times++ === 0) throw refused('MoveItem')
      return placed
    },
  })
}

/** Lets a day pass since what lies in a mailbox was made. */
function age({ store }: Side): void {
  for (const item of store?.items.values() ?? []) Object.assign(item, { created: item.created - 86_400_000 })
}

const withoutBin = (view: MailboxView): MailboxView => new Map([...view].filter(([name]) => name !== 'Deleted Items' && name !== 'Trash'))

describe('a migration whose connection breaks', () => {
  let servers: Servers
  before(async () => {
    servers = await startServers()
  })
  after(() => servers[Symbol.asyncDispose]())

  for (const direction of directions) {
    it(`from ${direction.join(' to ')} before writes are answered finds what it wrote, and writes nothing twice`, async () => {
      await using scenery = await scene(servers, direction, { interfere: losesAnswers() })
      const { migration, source, target } = scenery
      assert.equal((await migration.run()).state, 'completed')
      assert.deepEqual(await target.view(), await source.view())
      assert.deepEqual(await migration.counts(), { done: 13 })
    })
  }

  it('between writing and marking marks what it wrote the next time', async () => {
    await using scenery = await scene(servers, ['Exchange', 'Exchange'], { interfere: losesMarks() })
    const { migration, source, target } = scenery
    assert.equal((await migration.run()).state, 'completed')
    assert.deepEqual(await target.view(), await source.view())
    const items = [...(target.store?.items.values() ?? [])]
    assert.ok(items.every(({ properties }) => [...properties.keys()].some(key => /mailferry/i.test(key))))
  })

  it('between writing and marking still knows its own, and carries over what is changed and deleted later', async () => {
    await using scenery = await scene(servers, ['Exchange', 'Exchange'], {
      interfere: losesMarks({ forGood: true }),
      job: { policy: 'mirror' },
    })
    const { migration, source, target } = scenery
    assert.equal((await migration.run()).state, 'completedWithDifferences')
    assert.equal((await migration.run()).state, 'completed')
    assert.ok(source.store)
    editMail(source.store, received(40), mime(40, 'Now it says something else.'))
    await asOwner(source, does => does.remove('Projects', 30))
    assert.equal((await migration.run({ deletionsAllowed: 100 })).state, 'completed')
    assert.deepEqual(withoutBin(await target.view()), withoutBin(await source.view()))
  })

  it('between setting flags and recording them still knows its own, and carries over what is changed and deleted later', async () => {
    await using scenery = await scene(servers, ['Exchange', 'Exchange'], { interfere: losesFlags(), job: { policy: 'mirror' } })
    const { migration, source, target } = scenery
    await migration.run()
    await asOwner(source, async does => {
      await does.flag('Drafts', 40, ['\\Draft', 'Later'])
      await does.flag('Projects', 30, ['\\Seen', 'Later'])
    })
    await migration.run()
    assert.ok(source.store)
    editMail(source.store, received(40), mime(40, 'Now it says something else.'))
    await asOwner(source, does => does.remove('Projects', 30))
    assert.equal((await migration.run({ deletionsAllowed: 100 })).state, 'completed')
    assert.deepEqual(withoutBin(await target.view()), withoutBin(await source.view()))
  })

  for (const direction of directions) {
    it(`from ${direction.join(' to ')} between moving and recording finds what it moved, and follows it back`, async () => {
      await using scenery = await scene(servers, direction, { interfere: losesMoves(), job: { policy: 'mirror' } })
      const { migration, source, target } = scenery
      await migration.run()
      age(target)
      await asOwner(source, does => does.move('INBOX', 2, 'Projects'))
      await migration.run({ deletionsAllowed: 100 })
      assert.equal((await migration.run({ deletionsAllowed: 100 })).state, 'completed')
      assert.deepEqual(withoutBin(await target.view()), withoutBin(await source.view()))
      await asOwner(source, does => does.move('Projects', 2, 'INBOX'))
      assert.equal((await migration.run({ deletionsAllowed: 100 })).state, 'completed')
      assert.deepEqual(withoutBin(await target.view()), withoutBin(await source.view()))
    })
  }

  it('and whose source is first verified after that, finds what it wrote under other markers, and adopts it too', async () => {
    const { site } = servers.sandbox.leaving
    let breaks = true
    const interfere: Interference = (session): Partial<MailSession> => ({
      async write(folder, items, options) {
        const results = await session.write(folder, items, options)
        return breaks ? items.map(() => ({ state: 'unknown', error: dropped() })) : results
      },
      find(...of) {
        if (breaks) throw refused('FindItem')
        return session.find(...of)
      },
    })
    // So many items as MIME, whose markers are written with them.
    servers.sandbox.leaving.organisation.faults.item = ({ operation }) => (operation === 'ExportItems' ? 'ErrorItemCorrupt' : undefined)
    await using scenery = await scene(servers, ['Exchange', 'Exchange'], { interfere })
    const { migration, source, target } = scenery
    site.troubles.add({ trouble: { kind: 'dropBefore' }, operations: ['ResolveNames'] })
    await migration.run()
    assert.deepEqual([await migration.counts(), isVerified(migration)], [{ intended: 13 }, false])

    site.troubles.clear()
    breaks = false
    assert.equal((await migration.run()).state, 'completed')
    assert.deepEqual(await target.view(), await source.view())
    assert.ok(isVerified(migration), 'whose organisation counts for markers')
    await migration.reset('adopt')
    assert.equal((await migration.run()).state, 'completed')
    assert.deepEqual(await target.view(), await source.view())
    servers.sandbox.leaving.organisation.faults.item = undefined
  })
})

function isVerified({ ledgerFile }: Migration): boolean {
  using db = new DatabaseSync(ledgerFile, { readOnly: true })
  return (
    db.prepare("select 1 from connections where name = 'source' and verification ->> '$.recorded.organisation' is not null").get() !==
    undefined
  )
}
