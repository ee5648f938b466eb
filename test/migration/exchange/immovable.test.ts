import assert from 'node:assert/strict'
import { after, before, describe, it } from 'mocha'
import type { DeltaPolicy } from '../../../src/domain/job.ts'
import type { Item } from '../../../src/sandbox/exchange/item.ts'
import { distinguishedFolder, type Folder, type Mailbox } from '../../../src/sandbox/exchange/mailbox.ts'
import { keys, textOf } from '../../../src/sandbox/exchange/properties.ts'
import { touchItem } from '../../../src/sandbox/exchange/store/addItem.ts'
import { moveItem } from '../../../src/sandbox/exchange/store/copyItem.ts'
import { folderAt, othersIn, putOther } from '../../support/exchangeMailbox.ts'
import { type Kind, type Scene, type Servers, type Side, scene, startServers } from './scene.ts'

const store = ({ store: mailbox }: Side): Mailbox => mailbox ?? assert.fail()
const suppliers = (mailbox: Mailbox) => folderAt(mailbox, ['Suppliers'], 'IPF.Contact')

function named(mailbox: Mailbox, name: string): Item {
  const item = [...mailbox.items.values()].find(({ properties }) => textOf(properties, keys.subject) === name)
  return item ?? assert.fail(`no ${name}`)
}

/** The owner moves a contact, as Outlook does: its search key goes along. */
const file = (mailbox: Mailbox, name: string, to: Folder) => moveItem(mailbox, named(mailbox, name), mailbox, to)

/** A job that has copied two contacts, and two folders for them. */
async function filed(servers: Servers, from: Kind, policy: DeltaPolicy): Promise<Scene> {
  const job = { policy, ...(from === 'Exchange' && { unprovenTransfer: true }) }
  const scenery = await scene(servers, [from, 'Office 365'], { job })
  for (const name of ['Ann', 'Bob']) putOther(store(scenery.source), 'contacts', 'IPM.Contact', name)
  suppliers(store(scenery.source))
  assert.equal((await scenery.migration.run()).state, 'completed')
  return scenery
}

describe('a contact that was moved, which Office 365’s import and export API can’t do', () => {
  let servers: Servers
  before(async () => {
    servers = await startServers()
  })
  after(() => servers[Symbol.asyncDispose]())

  for (const from of ['Office 365', 'Exchange'] as const) {
    it(`in ${from} is copied to its new place by a mirroring job, and is gone from the old one`, async () => {
      await using scenery = await filed(servers, from, 'mirror')
      const { migration, source, target } = scenery
      file(store(source), 'Bob', suppliers(store(source)))
      assert.equal((await migration.run({ deletionsAllowed: 1 })).state, 'completed')
      assert.deepEqual(othersIn(store(target)), { 'Contacts: IPM.Contact': 1, 'Suppliers: IPM.Contact': 1 })
      assert.deepEqual(await migration.counts(), { done: 15, removed: 1 })
      const { equal, different, missing, extra } = await migration.verify()
      assert.deepEqual({ equal, different, missing, extra }, { equal: 15, different: 0, missing: 0, extra: 0 })
      assert.equal((await migration.run()).state, 'completed')
      assert.deepEqual(othersIn(store(target)), othersIn(store(source)))
    })

    it(`in ${from} waits with its deletion for a person, and then isn’t doubled either`, async () => {
      await using scenery = await filed(servers, from, 'mirror')
      const { migration, source, target } = scenery
      file(store(source), 'Bob', suppliers(store(source)))
      assert.equal((await migration.run()).state, 'waiting')
      assert.deepEqual(othersIn(store(target)), { 'Contacts: IPM.Contact': 2, 'Suppliers: IPM.Contact': 1 })
      assert.equal((await migration.run({ deletionsAllowed: 1 })).state, 'completed')
      assert.deepEqual(othersIn(store(target)), { 'Contacts: IPM.Contact': 1, 'Suppliers: IPM.Contact': 1 })
    })

    it(`in ${from} is copied to its new place by a job that keeps what the source deleted, once`, async () => {
      await using scenery = await filed(servers, from, 'changes')
      const { migration, source, target } = scenery
      file(store(source), 'Bob', suppliers(store(source)))
      for (let run = 0; run < 2; run++) {
        assert.equal((await migration.run()).state, 'completed')
        assert.deepEqual(othersIn(store(target)), { 'Contacts: IPM.Contact': 2, 'Suppliers: IPM.Contact': 1 })
      }
      file(store(source), 'Bob', distinguishedFolder(store(source), 'contacts'))
      assert.equal((await migration.run()).state, 'completed')
      const back = from === 'Office 365' ? 2 : 3
      assert.equal(othersIn(store(target))['Contacts: IPM.Contact'], back, 'where ids last, the copy that stayed is taken up again')
    })
  }

  it('isn’t written a second time beside a copy that its owner changed', async () => {
    await using scenery = await filed(servers, 'Office 365', 'mirror')
    const { migration, source, target } = scenery
    touchItem(store(target), named(store(target), 'Bob'), Date.now())
    file(store(source), 'Bob', suppliers(store(source)))
    assert.equal((await migration.run({ deletionsAllowed: 1 })).state, 'completed')
    assert.deepEqual(othersIn(store(target)), { 'Contacts: IPM.Contact': 2 })
  })
})
