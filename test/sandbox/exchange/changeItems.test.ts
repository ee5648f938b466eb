import assert from 'node:assert/strict'
import { all, ask, type Company, createCompany, distinguishedXml, first, idXml, storeOf, textsOf } from '../../support/ews.ts'
import {
  createItem,
  deleteField,
  deleteItem,
  exportItems,
  extended,
  field,
  findItem,
  getItem,
  mime,
  moveItem,
  named,
  received,
  setField,
  tag,
  updateItem,
  uploadItem,
} from '../../support/ewsRequests.ts'

const inbox = distinguishedXml('inbox')
const mail = 'From: x@contoso.example\r\nTo: anna@fabrikam.example\r\nSubject: Plan\r\nMessage-ID: <7@x>\r\n\r\nText\r\n'

async function create(company: Company, extra = '', folder = inbox): Promise<string> {
  const { body } = await ask(company, createItem(`<t:Message>${mime(mail)}${extra}</t:Message>`, { folder }))
  return idXml(first(body, 'ItemId'))
}

const codes = async (company: Company, request: string): Promise<readonly string[]> => (await ask(company, request)).codes

const subjectsIn = async (company: Company, folder: string): Promise<string[]> =>
  textsOf((await ask(company, findItem(distinguishedXml(folder), { paths: field('item:Subject') }))).body, 'Subject')

describe('changing items by EWS', () => {
  it('sets, appends to and deletes fields and properties, all of an item or nothing', async () => {
    const company = createCompany()
    const id = await create(company, extended(named('Marker'), 'old'))
    const updates =
      setField(field('item:Categories'), '<t:Categories><t:String>Red</t:String></t:Categories>') +
      setField(field('item:Importance'), '<t:Importance>High</t:Importance>') +
      deleteField(named('Marker')) +
      `<t:AppendToItemField>${field('item:Body')}<t:Message><t:Body BodyType="Text">and more</t:Body></t:Message></t:AppendToItemField>`
    assert.deepEqual(await codes(company, updateItem(id, updates)), ['NoError'])
    const { body } = await ask(company, getItem(id, { base: 'AllProperties', paths: named('Marker'), mime: true }))
    assert.deepEqual(textsOf(first(body, 'Categories'), 'String'), ['Red'])
    assert.equal(first(body, 'Body').text, 'Text\r\nand more')
    assert.equal(all(body, 'ExtendedProperty').length, 0)
    assert.match(Buffer.from(first(body, 'MimeContent').text, 'base64').toString(), /^Importance: high/m)

    const half = setField(field('item:Subject'), '<t:Subject>New</t:Subject>') + setField(field('item:Size'), '<t:Size>1</t:Size>')
    assert.deepEqual(await codes(company, updateItem(id, half)), ['ErrorInvalidPropertySet'])
    assert.deepEqual(await subjectsIn(company, 'inbox'), ['Plan'])
  })

  it('refuses a change whose object is not the property that is named, or is several', async () => {
    const company = createCompany()
    const id = await create(company)
    assert.deepEqual(await codes(company, updateItem(id, setField(field('item:Subject'), '<t:Importance>Low</t:Importance>'))), [
      'ErrorUpdatePropertyMismatch',
    ])
    assert.deepEqual(
      await codes(company, updateItem(id, setField(field('item:Subject'), '<t:Subject>a</t:Subject><t:Importance>Low</t:Importance>'))),
      ['ErrorIncorrectUpdatePropertyCount'],
    )
  })

  it('still reads and tidies in a full mailbox, and adds nothing to it', async () => {
    const company = createCompany()
    const id = await create(company)
    storeOf(company, company.anna).quota = 100
    const grow = setField(field('item:Body'), `<t:Body BodyType="Text">${'x'.repeat(5000)}</t:Body>`)
    assert.deepEqual(await codes(company, updateItem(id, grow)), ['ErrorQuotaExceeded'])
    assert.deepEqual(await codes(company, updateItem(id, setField(field('message:IsRead'), '<t:IsRead>false</t:IsRead>'))), ['NoError'])
    assert.deepEqual(await codes(company, deleteItem(id)), ['NoError'])
  })

  it('minds the change key as the client wants it minded', async () => {
    const company = createCompany()
    const id = await create(company)
    const update = (resolution: string, item: string): string =>
      updateItem(item, setField(field('item:Subject'), '<t:Subject>x</t:Subject>')).replace('AlwaysOverwrite', resolution)
    assert.deepEqual(await codes(company, update('NeverOverwrite', id)), ['NoError'])
    assert.deepEqual(await codes(company, update('NeverOverwrite', id)), ['ErrorIrresolvableConflict'])
    assert.deepEqual(await codes(company, update('AutoResolve', id.replace(/ ChangeKey="[^"]*"/, ''))), ['ErrorChangeKeyRequired'])
    assert.deepEqual(await codes(company, update('AlwaysOverwrite', id)), ['NoError'])
  })

  it('moves items under new ids and copies them with their properties', async () => {
    const company = createCompany()
    const id = await create(company, extended(named('Marker'), 'm') + received(0, '2026-01-01T00:00:00Z'))
    const moved = await ask(company, moveItem(id, distinguishedXml('junkemail')))
    const newId = idXml(first(moved.body, 'ItemId'))
    assert.notEqual(newId, id)
    assert.deepEqual(await codes(company, getItem(id)), ['ErrorItemNotFound'])
    await ask(company, moveItem(newId, inbox, 'CopyItem'))
    const { body } = await ask(company, findItem(inbox, { paths: named('Marker') + field('message:IsRead') + tag('0x300B', 'Binary') }))
    const original = await ask(company, getItem(newId, { paths: tag('0x300B', 'Binary') }))
    assert.deepEqual(textsOf(body, 'Value').sort(), ['m', ...textsOf(original.body, 'Value')].sort())
    assert.equal(first(body, 'IsRead').text, 'false')
  })

  it('deletes to the deleted items, or to where only recovery reaches', async () => {
    const company = createCompany()
    const [one, two, three] = [await create(company), await create(company), await create(company)]
    await ask(company, deleteItem(one))
    await ask(company, deleteItem(two, 'SoftDelete'))
    await ask(company, deleteItem(three, 'HardDelete'))
    assert.deepEqual(await subjectsIn(company, 'inbox'), [])
    for (const folder of ['deleteditems', 'recoverableitemsdeletions', 'recoverableitemspurges'])
      assert.deepEqual(await subjectsIn(company, folder), ['Plan'])
    assert.deepEqual(await codes(company, deleteItem(one)), ['ErrorItemNotFound'])
  })

  it('exports and uploads items in full: another id and creation time, the same search key and everything else', async () => {
    const company = createCompany()
    const target = createCompany()
    target.pass(86_400_000)
    const id = await create(company, extended(named('Marker'), 'm') + received(0, '2020-02-02T02:02:02Z'))
    const exported = await ask(company, exportItems(id))
    const parent = first(
      (
        await ask(
          target,
          `<m:GetFolder><m:FolderShape><t:BaseShape>IdOnly</t:BaseShape></m:FolderShape><m:FolderIds>${inbox}</m:FolderIds></m:GetFolder>`,
        )
      ).body,
      'FolderId',
    )
    const uploaded = await ask(target, uploadItem(idXml(parent, 't:ParentFolderId'), first(exported.body, 'Data').text))
    assert.deepEqual(uploaded.codes, ['NoError'])
    const shape = { base: 'AllProperties', mime: true, paths: named('Marker') + tag('0x300B', 'Binary') }
    const [before, after] = [
      await ask(company, getItem(id, shape)),
      await ask(target, getItem(idXml(first(uploaded.body, 'ItemId')), shape)),
    ]
    const other = new Set(['ItemId', 'ParentFolderId', 'DateTimeCreated', 'StoreEntryId', 'InstanceKey'])
    const rest = (answer: typeof before) => first(answer.body, 'Message').children.filter(({ name }) => !other.has(name))
    assert.deepEqual(rest(after), rest(before))
    assert.equal(first(after.body, 'DateTimeCreated').text, '2026-03-03T08:00:00Z')
  })

  it('refuses a stream that is damaged, and updates only what is there', async () => {
    const company = createCompany()
    const id = await create(company)
    const data = first((await ask(company, exportItems(id))).body, 'Data').text
    const parent = idXml(
      first((await ask(company, getItem(id, { paths: field('item:ParentFolderId') }))).body, 'ParentFolderId'),
      't:ParentFolderId',
    )
    const bytes = Buffer.from(data, 'base64')
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1
    assert.deepEqual(await codes(company, uploadItem(parent, bytes.toString('base64'))), ['ErrorCorruptData'])
    assert.deepEqual(await codes(company, uploadItem(parent, data, 'Update', id)), ['NoError'])
    assert.deepEqual(await subjectsIn(company, 'inbox'), ['Plan'])
    await ask(company, deleteItem(id))
    assert.deepEqual(await codes(company, uploadItem(parent, data, 'Update', id)), ['ErrorItemNotFound'])
    assert.deepEqual(await codes(company, uploadItem(parent, data, 'UpdateOrCreate', id)), ['NoError'])
  })
})
