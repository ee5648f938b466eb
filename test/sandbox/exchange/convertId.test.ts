import assert from 'node:assert/strict'
import { deliver } from '../../../src/sandbox/exchange/store/storeMessage.ts'
import { ask, type Company, createCompany, distinguishedXml, first, start, storeOf } from '../../support/ews.ts'
import { deleteItem, findItem, getFolder, tag } from '../../support/ewsRequests.ts'

interface Id {
  readonly format: string
  readonly id: string
  readonly mailbox?: string
}

const convert = ({ format, id, mailbox = 'anna@fabrikam.example' }: Id, to: string): string =>
  `<m:ConvertId DestinationFormat="${to}"><m:SourceIds><t:AlternateId Format="${format}" Id="${id}" Mailbox="${mailbox}"/></m:SourceIds></m:ConvertId>`

async function converted(company: Company, id: Id, to: string) {
  const { body } = await ask(company, convert(id, to))
  return first(body, 'AlternateId').attributes
}

async function idsOf(company: Company): Promise<Readonly<Record<string, string>>> {
  deliver(storeOf(company, company.anna), Buffer.from('Subject: one\r\n\r\nText\r\n'), start)
  const found = await ask(company, findItem(distinguishedXml('inbox')))
  const folder = await ask(company, getFolder(distinguishedXml('inbox')))
  return {
    item: first(found.body, 'ItemId').attributes['Id'] ?? '',
    folder: first(folder.body, 'FolderId').attributes['Id'] ?? '',
  }
}

describe('ConvertId', () => {
  for (const format of ['EntryId', 'HexEntryId', 'StoreId', 'OwaId', 'EwsLegacyId']) {
    it(`turns ids of items and folders into ${format} and back`, async () => {
      const company = createCompany()
      for (const id of Object.values(await idsOf(company))) {
        const there = await converted(company, { format: 'EwsId', id }, format)
        assert.equal(there['Format'], format)
        const back = await converted(company, { format, id: there['Id'] ?? '' }, 'EwsId')
        assert.deepEqual(back, { Format: 'EwsId', Id: id, Mailbox: 'anna@fabrikam.example' })
      }
    })
  }

  it('gives the entry id that the item itself has', async () => {
    const company = createCompany()
    const { item = '' } = await idsOf(company)
    const listed = await ask(company, findItem(distinguishedXml('inbox'), { paths: tag('0x0FFF', 'Binary') }))
    assert.equal((await converted(company, { format: 'EwsId', id: item }, 'EntryId'))['Id'], first(listed.body, 'Value').text)
  })

  it('tells whose an id is, whatever address was named', async () => {
    const company = createCompany()
    const { folder = '' } = await idsOf(company)
    const answer = await converted(company, { format: 'EwsId', id: folder, mailbox: 'nobody@contoso.example' }, 'EntryId')
    assert.equal(answer['Mailbox'], 'anna@fabrikam.example')
  })

  it('refuses what is no id, an item that is gone and a mailbox of somebody else', async () => {
    const company = createCompany()
    const { item = '' } = await idsOf(company)
    const refused = async (id: Id, as = company.anna) => (await ask(company, convert(id, 'EntryId'), { as })).codes
    assert.deepEqual(await refused({ format: 'EwsId', id: 'DUMMY', mailbox: 'DUMMY' }), ['ErrorInvalidIdMalformed'])
    assert.deepEqual(await refused({ format: 'HexEntryId', id: 'DUMMY' }), ['ErrorInvalidIdMalformed'])
    assert.deepEqual(await refused({ format: 'OwaId', id: '%' }), ['ErrorInvalidIdMalformed'])
    assert.deepEqual(await refused({ format: 'EwsId', id: item }, company.bernd), ['ErrorAccessDenied'])
    await ask(company, deleteItem(`<t:ItemId Id="${item}"/>`, 'HardDelete'))
    assert.deepEqual(await refused({ format: 'EwsId', id: item }), ['ErrorItemNotFound'])
  })
})
