import assert from 'node:assert/strict'
import { after, before, describe, it } from 'mocha'
import type { ItemInfo } from '../../../src/domain/mail.ts'
import { mime, received } from '../../migration/exchange/mails.ts'
import { type Scene, type Servers, scene, startServers } from '../../migration/exchange/scene.ts'
import { editMail, folderAt, putMail, putOther } from '../../support/exchangeMailbox.ts'
import { seedMailbox } from '../../support/mailbox.ts'

const longest = 'n'.repeat(250)

/** Names that Exchange itself takes. */
const namesOnExchange = ['Sales/2024', 'a\\b', 'ends with a dot.', '...', longest, 'Ünïcödé 📬', 'INBOX', '%&*"<>|?']

/** Names that Exchange doesn't take as they are, or that another server could take for two. */
const namesOnImap = [' leads', 'trails ', longest, 'Sales\\2024']

describe('folders that are hard to move', () => {
  let servers: Servers
  before(async () => {
    servers = await startServers()
  })
  after(() => servers[Symbol.asyncDispose]())

  const fill = (scenery: Scene, names: readonly string[]) => {
    const { store } = scenery.source
    assert.ok(store)
    for (const [n, name] of names.entries()) putMail(store, ['Odd', name], { mime: mime(200 + n), received: received(200 + n) })
  }

  it('keep their names from Exchange to Exchange, slashes and 250 characters included', async () => {
    await using scenery = await scene(servers, ['Exchange', 'Exchange'])
    fill(scenery, namesOnExchange)
    const { migration, source, target } = scenery
    assert.equal((await migration.run()).state, 'completed')
    const view = await target.view()
    assert.deepEqual(view, await source.view())
    assert.ok(namesOnExchange.every(name => view.has(`Odd/${name}`)))
  })

  it('come to IMAP under names of its own, each with its mail', async () => {
    await using out = await scene(servers, ['Exchange', 'IMAP'])
    fill(out, namesOnExchange)
    assert.equal((await out.migration.run()).state, 'completed')
    const mails = (view: ReadonlyMap<string, readonly unknown[]>) => [...view].map(([, some]) => some.length).sort()
    assert.deepEqual(mails(await out.target.view()), mails(await out.source.view()))
  })

  it('come from IMAP with spaces at their ends and 250 characters, and stay apart', async () => {
    await using scenery = await scene(servers, ['IMAP', 'Exchange'])
    const { migration, source, target } = scenery
    await seedMailbox(
      servers.imap,
      source.address,
      namesOnImap.map((name, n) => ({
        path: [name],
        messages: [{ body: mime(200 + n).replaceAll('\n', '\r\n'), received: new Date(received(200 + n)) }],
      })),
    )
    assert.equal((await migration.run()).state, 'completed')
    assert.equal([...(await target.view()).keys()].length, [...(await source.view()).keys()].length)
    assert.equal((await migration.run()).state, 'completed')
  })

  it('keep control characters, which no EWS request can hold', async () => {
    await using scenery = await scene(servers, ['IMAP', 'Exchange'])
    await using session = await scenery.target.open()
    const wanted = [['tab\tand\u0001control'], ['\u007f and a lone \ud800']].map(path => ({ path, subscribe: true }))
    await session.ensureFolders(wanted, new AbortController().signal)
    const there = (await session.folders()).map(({ path }) => path.join('/'))
    for (const { path } of wanted) assert.ok(there.includes(path.join('/')), JSON.stringify(there))
  })

  it('of a class that the target refuses are listed with its answer, and the others go on', async () => {
    const { faults } = servers.sandbox.receiving.organisation
    await using scenery = await scene(servers, ['Exchange', 'Exchange'])
    const { migration, source, target } = scenery
    assert.ok(source.store)
    folderAt(source.store, ['Trips'], 'IPF.Appointment')
    putOther(source.store, folderAt(source.store, ['Trips']), 'IPM.Appointment', 'Rome')
    faults.folderClasses.add('IPF.Appointment')
    const state = await migration.run()
    assert.equal(state.state, 'completedWithDifferences')
    assert.deepEqual(await migration.folderErrors(), ['folder.refused'])
    assert.deepEqual(await target.view(), await source.view())
    faults.folderClasses.clear()
    assert.equal((await migration.run()).state, 'completed')
  })

  it('of 20,000 messages arrive whole, once', async function () {
    this.timeout(240_000)
    await using scenery = await scene(servers, ['Exchange', 'Exchange'])
    const { migration, source, target } = scenery
    assert.ok(source.store && target.store)
    for (let n = 0; n < 20_000; n++) putMail(source.store, ['Many'], { mime: `Subject: ${n}\n\n${n}\n`, received: received(n) })
    assert.equal((await migration.run()).state, 'completed')
    const subjects = [...folderAt(target.store, ['Many']).items.values()].map(({ mime }) => String(mime))
    assert.equal(subjects.length, 20_000)
    assert.equal(new Set(subjects).size, 20_000)
  })

  for (const across of [false, true]) {
    it(`that tell an item twice, ${across ? 'on two pages' : 'on one page'}, have it copied once`, async () => {
      const twice = (items: readonly ItemInfo[]) => (across ? [items, items] : [[...items, ...items]])
      await using scenery = await scene(servers, ['Exchange', 'Exchange'], {
        interferedRole: 'source',
        interfere: session => ({
          async *scan(folder, options) {
            const scan = session.scan(folder, options)
            for (let part = await scan.next(); ; part = await scan.next()) {
              if (part.done) return part.value
              for (const items of twice(part.value.items)) yield { ...part.value, items }
            }
          },
        }),
      })
      const { migration, source, target } = scenery
      assert.equal((await migration.run()).state, 'completed')
      assert.deepEqual(await target.view(), await source.view())
      assert.ok(source.store)
      editMail(source.store, received(40), mime(40, 'Edited.'))
      putMail(source.store, ['INBOX'], { mime: mime(300), received: received(300) })
      assert.equal((await migration.run()).state, 'completed')
      assert.deepEqual(await target.view(), await source.view())
    })
  }
})
