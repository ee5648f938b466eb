import assert from 'node:assert/strict'
import type { FolderRole } from '../../../src/domain/mail.ts'
import type { Person } from '../../../src/sandbox/exchange/directory.ts'
import type { Item } from '../../../src/sandbox/exchange/item.ts'
import { flagsOf, keys, setFlags, textOf } from '../../../src/sandbox/exchange/properties.ts'
import { deliver } from '../../../src/sandbox/exchange/store/storeMessage.ts'
import type { MailSession, OutgoingItem, WriteResult } from '../../../src/servers/mailServer.ts'
import { arrive, mailboxFor } from '../../sandbox/office365/support.ts'
import { never } from '../imap/support.ts'
import { bytesOf, type Cloud, folderOf, readAll, scanned, simple, startCloud, writing } from './cloudSession.ts'
import { addContact } from './otherItems.ts'

describe('items of Office 365 in full, by import and export', () => {
  let cloud: Cloud
  let from: MailSession
  let to: MailSession
  let ahead: number
  const start = async (options: Parameters<typeof startCloud>[0] = {}) => {
    ahead = 0
    cloud = await startCloud({ now: () => Date.now() + ahead, ...options })
    from = await cloud.open(cloud.org.anna)
    to = await cloud.open(cloud.org.ben)
  }
  beforeEach(() => start())
  afterEach(() => cloud[Symbol.asyncDispose]())

  const itemsOf = (person: Person): Item[] => [...mailboxFor(cloud.org, person).items.values()]

  /** Carries a folder over as the migration does. */
  async function carry(role: FolderRole, streamAbove?: number): Promise<readonly WriteResult[]> {
    const source = await folderOf(from, role)
    const { items } = await scanned(from, source)
    const read = await readAll(
      from,
      source,
      items.map(({ key }) => key),
      'mailboxItem',
      streamAbove,
    )
    const outgoing = read.map((one, index): OutgoingItem => {
      const info = items[index]
      assert.ok(info && 'content' in one, JSON.stringify(one))
      return { info, format: one.format, content: one.content, marker: `m${index}` }
    })
    return await to.write(await folderOf(to, role), outgoing, writing)
  }

  it('come over with their bytes, flags and dates, and are marked and known by lasting ids', async () => {
    for (const subject of ['one', 'two', 'three']) arrive(cloud.org, cloud.org.anna, subject, Date.UTC(2020, 1, 1))
    const results = await carry('inbox')
    assert.deepEqual(
      results.map(({ state }) => state),
      ['written', 'written', 'written'],
    )
    const inbox = await folderOf(to, 'inbox')
    const { items } = await scanned(to, inbox)
    assert.deepEqual(
      items.map(({ received }) => received),
      [1, 1, 1].map(() => Date.UTC(2020, 1, 1)),
    )
    assert.deepEqual(new Set(items.map(({ key }) => key)), new Set(results.map(result => result.state === 'written' && result.key)))
    const written = results.flatMap(result => (result.state === 'written' && result.key !== undefined ? [result.key] : []))
    const asked = cloud.seen.length
    const placed = await to.stamp?.(
      inbox,
      written.map((key, index) => ({ key, marker: `m${index}` })),
      writing,
    )
    assert.equal(placed?.size, 3)
    assert.equal(cloud.seen.length, asked, 'nothing is asked for that was done in writing')
    const found = []
    for await (const part of to.find(inbox, inbox.next, never)) found.push(...part)
    assert.deepEqual(found.map(({ marker }) => marker).sort(), ['m0', 'm1', 'm2'])
  })

  it('get the flags that were listed, whatever came along in the stream', async () => {
    arrive(cloud.org, cloud.org.anna, 'one')
    const inbox = await folderOf(from, 'inbox')
    const { items } = await scanned(from, inbox)
    const [item] = itemsOf(cloud.org.anna)
    assert.ok(item && items[0])
    setFlags(item.properties, flagsOf(item.properties) | 1)
    const [read] = await readAll(from, inbox, [items[0].key], 'mailboxItem')
    assert.ok(read && 'content' in read)
    await to.write(await folderOf(to, 'inbox'), [{ info: items[0], format: 'mailboxItem', content: read.content, marker: 'm' }], writing)
    const { items: there } = await scanned(to, await folderOf(to, 'inbox'))
    assert.deepEqual(there[0]?.flags, [])
  })

  it('may be of any class; what isn’t mail has no other way', async () => {
    addContact(mailboxFor(cloud.org, cloud.org.anna), 'Zoë Contact')
    const contacts = await folderOf(from, 'contacts')
    assert.equal(contacts.containerClass, 'IPF.Contact')
    const { items } = await scanned(from, contacts)
    assert.equal(items[0]?.undated, true)
    const [asMail] = await readAll(from, contacts, [items[0]?.key ?? ''])
    assert.equal(asMail && 'error' in asMail && asMail.error.code, 'item.notCarried')
    const [result] = await carry('contacts')
    assert.equal(result?.state, 'written')
    assert.equal(itemsOf(cloud.org.ben)[0]?.itemClass, 'IPM.Contact')
    const theirs = await folderOf(to, 'contacts')
    const key = result?.state === 'written' ? (result.key ?? '') : ''
    assert.deepEqual([...(await to.infos(theirs, [key], never)).keys()], [key])
    const [ours, copied] = await Promise.all([
      from.fingerprints(contacts, [items[0]?.key ?? ''], never),
      to.fingerprints(theirs, [key], never),
    ])
    assert.deepEqual([...ours.values()], [...copied.values()])
    const found = []
    for await (const part of to.find(theirs, theirs.next, never)) found.push(...part)
    assert.deepEqual(
      found.map(one => one.key),
      [key],
    )
    await to.remove(theirs, [key], writing)
    assert.match(String(itemsOf(cloud.org.ben)[0]?.folder.distinguished), /^recoverable/)
  })

  it('stream when they are large, read and written in pieces', async () => {
    const mime = simple('large').replace(/in full\.\r\n$/, `${'x'.repeat(70)}\r\n`.repeat(60_000))
    deliver(mailboxFor(cloud.org, cloud.org.anna), Buffer.from(mime), Date.now())
    const inbox = await folderOf(from, 'inbox')
    const { items } = await scanned(from, inbox)
    const batch = { items: 10, bytes: 1_000_000, streamAbove: 1_000_000 }
    const results: WriteResult[] = []
    for await (const [read] of from.read(
      inbox,
      items.map(({ key }) => key),
      { signal: never, format: 'mailboxItem', batch },
    )) {
      assert.ok(read && 'content' in read && 'stream' in read.content && items[0])
      results.push(
        ...(await to.write(await folderOf(to, 'inbox'), [{ info: items[0], format: 'mailboxItem', content: read.content }], writing)),
      )
    }
    assert.equal(results[0]?.state, 'written', JSON.stringify(results))
    const [copy] = await readAll(
      to,
      await folderOf(to, 'inbox'),
      results.flatMap(result => (result.state === 'written' ? (result.key ?? []) : [])),
    )
    assert.ok(bytesOf(copy).length > 4_000_000)
  }).timeout(30_000)

  it('go to a new address when the old one ended, and none is ever told to anybody', async () => {
    arrive(cloud.org, cloud.org.anna, 'one')
    await carry('inbox')
    ahead = 2 * 3_600_000
    const results = await carry('inbox')
    assert.equal(results[0]?.state, 'written', JSON.stringify(results))
    cloud.org.tenant.switches.importSessionLifetime = -1
    ahead = 5 * 3_600_000
    const [refused] = await carry('inbox')
    assert.equal(refused?.state, 'refused')
    assert.doesNotMatch(JSON.stringify(refused), /authtoken/)
  })

  it('take new content into the item that is there', async () => {
    arrive(cloud.org, cloud.org.anna, 'one')
    const [first] = await carry('inbox')
    assert.ok(first?.state === 'written' && first.key !== undefined)
    const inbox = await folderOf(from, 'inbox')
    const { items } = await scanned(from, inbox)
    itemsOf(cloud.org.anna)[0]?.properties.set(keys.subject, { type: 'String', value: 'another' })
    const [read] = await readAll(from, inbox, [items[0]?.key ?? ''], 'mailboxItem')
    assert.ok(read && 'content' in read && items[0])
    const theirs = await folderOf(to, 'inbox')
    const results = await to.replace?.(
      theirs,
      [{ key: first.key, info: items[0], format: 'mailboxItem', content: read.content, marker: 'm0' }],
      writing,
    )
    assert.equal(results?.[0]?.state === 'written' && results[0].key, first.key)
    assert.equal(textOf(itemsOf(cloud.org.ben)[0]?.properties ?? new Map(), keys.subject), 'another')
  })

  it('aren’t to be had without the permission: then mail alone is there, as messages', async () => {
    await cloud[Symbol.asyncDispose]()
    await start({ permissions: ['Mail.ReadWrite', 'User.Read.All'] })
    assert.deepEqual([from.traits.formats, from.traits.unproven], [['rfc822'], undefined])
    assert.equal(
      (await from.folders()).some(({ role }) => role === 'calendar'),
      false,
    )
  })

  for (const [role, only, why] of [
    ['source', 'MailboxItem.Read.All', 'be exported'],
    ['target', 'MailboxItem.ReadWrite.All', 'be imported'],
    ['source', 'MailboxItem.Export.All', 'be listed'],
    ['target', 'MailboxItem.ImportExport.All', 'be listed'],
  ] as const) {
    it(`aren’t to be had from a ${role} that can be found, where items may not ${why}`, async () => {
      const permissions = ['Mail.ReadWrite', 'MailboxFolder.ReadWrite.All', only, 'User.Read.All']
      await using closed = await startCloud({ permissions }, { role })
      assert.deepEqual((await closed.open(closed.org.anna)).traits.formats, ['rfc822'])
    })
  }

  it('are unknown where the answer was lost', async () => {
    arrive(cloud.org, cloud.org.anna, 'one')
    cloud.org.site.troubles.add({ trouble: { kind: 'dropAfter' }, operations: ['POST importItem'], times: 1 })
    const [result] = await carry('inbox')
    assert.deepEqual([result?.state, itemsOf(cloud.org.ben).length], ['unknown', 1])
  })
})
