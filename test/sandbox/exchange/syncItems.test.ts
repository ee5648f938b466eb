import assert from 'node:assert/strict'
import { deliver } from '../../../src/sandbox/exchange/store/storeMessage.ts'
import type { XmlElement } from '../../../src/sandbox/exchange/xml/tree.ts'
import { all, ask, type Company, createCompany, distinguishedXml, first, idXml, start, storeOf, textsOf } from '../../support/ews.ts'
import { deleteItem, field, moveItem, setField, syncItems, tag, updateItem } from '../../support/ewsRequests.ts'

const inbox = distinguishedXml('inbox')

function receive(company: Company, ...subjects: string[]): void {
  for (const subject of subjects) deliver(storeOf(company, company.anna), Buffer.from(`Subject: ${subject}\r\n\r\nText\r\n`), start)
}

interface Synced {
  readonly state: string
  readonly isLast: string
  /** `Create A`, `Delete`, … in the answer's order. */
  readonly changes: readonly string[]
  readonly elements: readonly XmlElement[]
}

async function sync(company: Company, state?: string, max?: number): Promise<Synced> {
  const { body, codes } = await ask(company, syncItems(inbox, state, max, field('item:Subject')))
  assert.deepEqual(codes, ['NoError'])
  const elements = first(body, 'Changes').children
  return {
    state: first(body, 'SyncState').text,
    isLast: first(body, 'IncludesLastItemInRange').text,
    changes: elements.map(one => [one.name, ...textsOf(one, 'Subject'), ...textsOf(one, 'IsRead')].join(' ')),
    elements,
  }
}

describe('SyncFolderItems', () => {
  it('gives whatever is asked of items, large as it may be, and each an article number of its own', async () => {
    const company = createCompany()
    receive(company, 'A', 'B')
    const paths = field('item:Body') + tag('0x0E23', 'Integer')
    const { body, codes } = await ask(company, syncItems(inbox, undefined, 512, paths))
    assert.deepEqual(codes, ['NoError'])
    assert.deepEqual(
      textsOf(body, 'Body').map(text => text.trim()),
      ['Text', 'Text'],
    )
    const [one, two] = textsOf(body, 'Value').map(Number)
    assert.ok(one !== undefined && two !== undefined && one < two)
  })

  it('says in its refusals, too, where the client stands: nowhere', async () => {
    const { body, codes } = await ask(createCompany(), syncItems(inbox, 'nonsense'))
    assert.deepEqual(codes, ['ErrorInvalidSyncStateData'])
    assert.deepEqual([...textsOf(body, 'SyncState'), ...textsOf(body, 'IncludesLastItemInRange')], ['', 'true'])
  })

  it('tells all items page by page, then nothing more', async () => {
    const company = createCompany()
    receive(company, 'A', 'B', 'C', 'D', 'E')
    const one = await sync(company, undefined, 2)
    const two = await sync(company, one.state, 2)
    const three = await sync(company, two.state, 2)
    assert.deepEqual(
      [one, two, three].map(({ changes }) => changes),
      [['Create A', 'Create B'], ['Create C', 'Create D'], ['Create E']],
    )
    assert.deepEqual(
      [one, two, three].map(({ isLast }) => isLast),
      ['false', 'false', 'true'],
    )
    assert.deepEqual((await sync(company, three.state)).changes, [])
  })

  it('tells changes, flags and deletions apart', async () => {
    const company = createCompany()
    receive(company, 'A', 'B', 'C', 'D')
    const before = await sync(company)
    const [a, b, c, d] = before.elements.map(one => idXml(first(one, 'ItemId')))
    assert.ok(a && b && c && d)
    await ask(company, updateItem(a, setField(field('item:Subject'), '<t:Subject>A2</t:Subject>')))
    await ask(company, updateItem(b, setField(field('message:IsRead'), '<t:IsRead>true</t:IsRead>')))
    await ask(company, deleteItem(c))
    await ask(company, moveItem(d, distinguishedXml('drafts')))
    receive(company, 'E')
    const after = await sync(company, before.state)
    assert.deepEqual(after.changes, ['Update A2', 'ReadFlagChange true', 'Create E', 'Delete', 'Delete'])
    assert.deepEqual((await sync(company, after.state)).changes, [])
  })

  it('tells an item that changed between two pages as a new one once', async () => {
    const company = createCompany()
    receive(company, 'A', 'B', 'C')
    const one = await sync(company, undefined, 1)
    const { body } = await ask(company, syncItems(inbox, undefined, 512, field('item:Subject')))
    const b = all(body, 'ItemId')[1]
    assert.ok(b)
    await ask(company, updateItem(idXml(b), setField(field('item:Subject'), '<t:Subject>B2</t:Subject>')))
    assert.deepEqual((await sync(company, one.state)).changes, ['Create C', 'Create B2'])
  })

  it('gives each of two clients its own', async () => {
    const company = createCompany()
    receive(company, 'A')
    const old = await sync(company)
    receive(company, 'B')
    const fresh = await sync(company)
    receive(company, 'C')
    assert.deepEqual((await sync(company, old.state)).changes, ['Create B', 'Create C'])
    assert.deepEqual((await sync(company, fresh.state)).changes, ['Create C'])
  })

  it('refuses states of other folders, kinds and organisations, and more than 512 changes', async () => {
    const company = createCompany()
    const { state } = await sync(company)
    assert.deepEqual((await ask(company, syncItems(distinguishedXml('drafts'), state))).codes, ['ErrorInvalidSyncStateData'])
    assert.deepEqual((await ask(createCompany(), syncItems(inbox, state))).codes, ['ErrorInvalidSyncStateData'])
    assert.deepEqual((await ask(company, syncItems(inbox, 'rubbish'))).codes, ['ErrorInvalidSyncStateData'])
    const tooMany = await ask(company, syncItems(inbox, undefined, 513), { invalid: true })
    assert.deepEqual([tooMany.status, tooMany.codes], [500, ['ErrorSchemaValidation']])
  })
})
