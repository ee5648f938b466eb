import assert from 'node:assert/strict'
import { after, before, describe, it } from 'mocha'
import type { Organisation } from '../../../src/sandbox/exchange/organisation.ts'
import { editMail, type MailboxView, othersIn, putMail, putOther, viewOf } from '../../support/exchangeMailbox.ts'
import { mime, received } from './mails.ts'
import { asOwner, type Servers, scene, startServers } from './scene.ts'

const withoutBin = (view: MailboxView): MailboxView => new Map([...view].filter(([name]) => name !== 'Deleted Items'))

describe('the transfer ladder', () => {
  let servers: Servers
  before(async () => {
    servers = await startServers()
  })
  after(() => servers[Symbol.asyncDispose]())

  for (const [operation, side] of [
    ['ExportItems', 'leaving'],
    ['UploadItems', 'receiving'],
  ] as const) {
    it(`carries as MIME what ${operation} fails for, once, and brings it up to date as that`, async () => {
      const { organisation } = servers.sandbox[side]
      await using scenery = await scene(servers, ['Exchange', 'Exchange'])
      const { migration, source, target } = scenery
      const failing = new Set(['Grüße 5', 'Grüße 40'])
      organisation.faults.item = ({ operation: asked, subject }) =>
        asked === operation && failing.has(subject) ? 'ErrorItemCorrupt' : undefined
      assert.equal((await migration.run()).state, 'completed')
      assert.deepEqual(await target.view(), await source.view())
      assert.deepEqual(await migration.formats(), { fts: 11, rfc822: 2 })

      assert.ok(source.store)
      editMail(source.store, received(40), mime(40, 'Now it says something else.'))
      await asOwner(source, does => does.flag('INBOX', 5, ['\\Flagged', 'Later on']))
      assert.equal((await migration.run()).state, 'completed')
      assert.deepEqual(withoutBin(await target.view()), await source.view())
      organisation.faults.item = undefined
      assert.equal((await migration.run()).state, 'completed')
      assert.deepEqual(withoutBin(await target.view()), await source.view())
    })
  }
})

describe('a server that keeps its stream from us', () => {
  let servers: Servers
  before(async () => {
    servers = await startServers()
  })
  after(() => servers[Symbol.asyncDispose]())
  afterEach(() => {
    for (const { organisation } of [servers.sandbox.leaving, servers.sandbox.receiving]) {
      organisation.faults.withheld.clear()
      organisation.faults.item = undefined
    }
  })

  const ways = {
    'hasn’t got it': ({ faults }: Organisation, operation: string) => faults.withheld.set(operation, 'ErrorInvalidOperation'),
    'doesn’t know the request': ({ faults }: Organisation, operation: string) => faults.withheld.set(operation, 'ErrorSchemaValidation'),
    'denies it to the account': ({ faults }: Organisation, operation: string) => faults.withheld.set(operation, 'ErrorAccessDenied'),
    'denies it for each item': ({ faults }: Organisation, operation: string) => {
      faults.item = ({ operation: asked }) => (asked === operation ? 'ErrorAccessDenied' : undefined)
    },
  }
  for (const [operation, side] of [
    ['ExportItems', 'leaving'],
    ['UploadItems', 'receiving'],
  ] as const) {
    for (const [way, withhold] of Object.entries(ways)) {
      it(`and ${way} gets or gives mail as MIME; the rest is listed with that reason, until ${operation} is allowed`, async () => {
        const { organisation, site } = servers.sandbox[side]
        await using scenery = await scene(servers, ['Exchange', 'Exchange'])
        const { migration, source, target } = scenery
        assert.ok(source.store && target.store)
        putOther(source.store, 'contacts', 'IPM.Contact', 'Ann')
        withhold(organisation, operation)
        site.requests.length = 0
        assert.equal((await migration.run()).state, 'completedWithDifferences')
        assert.deepEqual(await target.view(), await source.view())
        assert.deepEqual(await migration.formats(), { rfc822: 13 })
        assert.deepEqual(await migration.reasons(), ['transfer.refused'])
        const asked = site.requests.filter(request => request.operation === operation).length
        // The folders that are worked on at once learn of it at once.
        assert.ok(asked <= 8, `${asked} requests for what was refused`)

        organisation.faults.withheld.clear()
        organisation.faults.item = undefined
        assert.equal((await migration.run()).state, 'completed')
        assert.deepEqual(othersIn(target.store), { 'Contacts: IPM.Contact': 1 })
        assert.deepEqual(await migration.formats(), { rfc822: 13, fts: 1 })
      })
    }
  }
})

describe('a source whose Exchange has no stream', () => {
  let servers: Servers
  before(async () => {
    servers = await startServers({ leaving: { organisation: { release: 'Exchange2010' } } })
  })
  after(() => servers[Symbol.asyncDispose]())

  it('gives importance, the dates of follow-ups, categories and what was answered as well', async () => {
    await using scenery = await scene(servers, ['Exchange', 'Exchange'])
    const { migration, source, target } = scenery
    assert.ok(source.store && target.store)
    const [day, n] = [86_400_000, (number: number) => ({ mime: mime(number), received: received(number) })]
    putMail(source.store, ['INBOX'], { ...n(60), importance: 'high', followUp: 'flagged', due: received(60) + day })
    putMail(source.store, ['INBOX'], { ...n(61), importance: 'low', followUp: 'complete', answered: 'forwarded', read: true })
    putMail(source.store, ['INBOX'], { ...n(62), answered: 'replied', categories: ['Büro'] })
    assert.equal((await migration.run()).state, 'completed')
    const beside = true
    assert.deepEqual(await viewOf(target.store, { beside }), await viewOf(source.store, { beside }))
    assert.deepEqual(await migration.formats(), { rfc822: 16 })
  })

  it('has an edited draft brought up to date, beside which no old one stays', async () => {
    await using scenery = await scene(servers, ['Exchange', 'Exchange'])
    const { migration, source, target } = scenery
    assert.ok(source.store)
    await migration.run()
    for (const text of ['First', 'Second']) {
      editMail(source.store, received(40), mime(40, text))
      assert.equal((await migration.run()).state, 'completed')
      assert.deepEqual(withoutBin(await target.view()), await source.view())
    }
  })
})
