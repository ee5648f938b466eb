import assert from 'node:assert/strict'
import { storeMessage } from '../../../src/sandbox/exchange/store/storeMessage.ts'
import { ask, type Company, createCompany, distinguishedXml, first, folderOf, start, storeOf, textsOf } from '../../support/ews.ts'
import { createItem, extended, field, findItem, mime, named, page, received } from '../../support/ewsRequests.ts'

const inbox = distinguishedXml('inbox')

/** Messages M1 … Mn, each a minute after the other. */
function company(count: number): Company {
  const it = createCompany()
  for (let number = 1; number <= count; number++) {
    const mail = Buffer.from(`Subject: M${number}\r\nFrom: P${number % 3} <p@x.example>\r\n\r\nText`)
    storeMessage(storeOf(it, it.anna), folderOf(it, it.anna, 'inbox'), mail, {
      received: start + number * 60_000,
      isRead: number % 2 === 0,
    })
  }
  return it
}

const subjects = async (it: Company, options: Parameters<typeof findItem>[1]): Promise<string[]> => {
  const { body, codes } = await ask(it, findItem(inbox, { paths: field('item:Subject'), ...options }))
  assert.deepEqual(codes, ['NoError'])
  return textsOf(body, 'Subject')
}

const isEqual = (path: string, value: string, name = 'IsEqualTo'): string =>
  `<t:${name}>${path}<t:FieldURIOrConstant><t:Constant Value="${value}"/></t:FieldURIOrConstant></t:${name}>`

describe('FindItem', () => {
  it('pages from either end, newest received first', async () => {
    const it = company(5)
    assert.deepEqual(await subjects(it, { view: page(0, 2) }), ['M5', 'M4'])
    assert.deepEqual(await subjects(it, { view: page(4, 2) }), ['M1'])
    assert.deepEqual(await subjects(it, { view: page(0, 2, 'End') }), ['M2', 'M1'])
    const { body } = await ask(it, findItem(inbox, { view: page(2, 2) }))
    assert.deepEqual(first(body, 'RootFolder').attributes, {
      IndexedPagingOffset: '4',
      TotalItemsInView: '5',
      IncludesLastItemInRange: 'false',
    })
  })

  it('gives out a thousand at once whatever is asked', async () => {
    const { body } = await ask(company(1001), findItem(inbox, { view: page(0, 5000) }))
    assert.equal(first(body, 'Items').children.length, 1000)
    assert.equal(first(body, 'RootFolder').attributes['IncludesLastItemInRange'], 'false')
  })

  it('sorts by columns in turn', async () => {
    const order = (uri: string, direction: string): string => `<t:FieldOrder Order="${direction}">${field(uri)}</t:FieldOrder>`
    assert.deepEqual(
      await subjects(company(4), { sort: order('message:IsRead', 'Ascending') + order('item:DateTimeReceived', 'Descending') }),
      ['M3', 'M1', 'M4', 'M2'],
    )
  })

  it('restricts by comparison, existence, text and their combinations', async () => {
    const it = company(6)
    const time = new Date(start + 4 * 60_000).toISOString()
    assert.deepEqual(await subjects(it, { restriction: isEqual(field('message:IsRead'), 'true') }), ['M6', 'M4', 'M2'])
    assert.deepEqual(await subjects(it, { restriction: isEqual(field('item:DateTimeReceived'), time, 'IsGreaterThanOrEqualTo') }), [
      'M6',
      'M5',
      'M4',
    ])
    const contains = `<t:Contains ContainmentMode="Prefixed" ContainmentComparison="IgnoreCase">${field('item:Subject')}<t:Constant Value="m3"/></t:Contains>`
    assert.deepEqual(await subjects(it, { restriction: contains }), ['M3'])
    const both = `<t:And>${isEqual(field('message:IsRead'), 'true')}<t:Not>${isEqual(field('item:Subject'), 'M4')}</t:Not></t:And>`
    assert.deepEqual(await subjects(it, { restriction: both }), ['M6', 'M2'])
    assert.deepEqual(await subjects(it, { restriction: `<t:Exists>${named('Marker')}</t:Exists>` }), [])
  })

  it('has named properties as columns', async () => {
    const it = company(1)
    await ask(
      it,
      createItem(
        `<t:Message>${mime('Subject: Ours\r\n\r\nx')}${extended(named('Marker'), 'm-1')}${received(1, '2030-01-01T00:00:00Z')}</t:Message>`,
        { folder: inbox },
      ),
    )
    const { body } = await ask(it, findItem(inbox, { paths: named('Marker') + field('item:DateTimeCreated') }))
    assert.deepEqual(textsOf(body, 'Value'), ['m-1'])
    assert.deepEqual(await subjects(it, { restriction: isEqual(named('Marker'), 'm-1') }), ['Ours'])
  })

  it('refuses what only GetItem gives, and lists senders without their addresses', async () => {
    const it = company(1)
    assert.deepEqual((await ask(it, findItem(inbox, { paths: field('item:Body') }))).codes, ['ErrorInvalidPropertyForOperation'])
    assert.deepEqual((await ask(it, findItem(inbox, { mime: true }))).codes, ['ErrorInvalidPropertyForOperation'])
    const { body } = await ask(it, findItem(inbox, { base: 'AllProperties' }))
    assert.deepEqual(
      first(first(body, 'From'), 'Mailbox').children.map(({ name }) => name),
      ['Name'],
    )
  })
})
