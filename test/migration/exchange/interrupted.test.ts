import assert from 'node:assert/strict'
import { DatabaseSync } from 'node:sqlite'
import { after, before, describe, it } from 'mocha'
import { MailferryError } from '../../../src/domain/errors.ts'
import type { MailSession } from '../../../src/servers/mailServer.ts'
import type { Migration } from '../../support/migration.ts'
import { directions, type Interference, type Servers, scene, startServers } from './scene.ts'

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

/** A target that takes the first marks and loses the connection over them. */
const losesMarks = (): Interference => {
  let stamps = 0
  return (session): Partial<MailSession> =>
    session.stamp
      ? {
          async stamp(folder, items, options) {
            const placed = await session.stamp?.(folder, items, options)
            if (stamps++ === 0 || !placed) throw dropped()
            return placed
          },
        }
      : {}
}

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

  it('and whose source is first verified after that, finds what it wrote under other markers, and adopts it too', async () => {
    const { site } = servers.sandbox.leaving
    let breaks = true
    const interfere: Interference = (session): Partial<MailSession> => ({
      async write(folder, items, options) {
        const results = await session.write(folder, items, options)
        return breaks ? items.map(() => ({ state: 'unknown', error: dropped() })) : results
      },
      find(...of) {
        if (breaks) throw new MailferryError('server.refused', { host: 'new.example', command: 'FindItem', response: 'ErrorAccessDenied' })
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
