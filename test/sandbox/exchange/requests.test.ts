import assert from 'node:assert/strict'
import { answerEws } from '../../../src/sandbox/exchange/ews/answerEws.ts'
import { parseXml } from '../../../src/sandbox/exchange/xml/parse.ts'
import { ask, createCompany, distinguishedXml, envelope, first, textsOf } from '../../support/ews.ts'
import { createItem, exportItems, field, findItem, getItem, mime } from '../../support/ewsRequests.ts'
import { assertValidSoap } from '../../support/ewsSchema.ts'

const inbox = distinguishedXml('inbox')
const people =
  '<m:FindPeople><m:IndexedPageItemView MaxEntriesReturned="10" Offset="0" BasePoint="Beginning"/><m:ParentFolderId><t:DistinguishedFolderId Id="directory"/></m:ParentFolderId><m:QueryString>an</m:QueryString></m:FindPeople>'

const fault = async (soap: string): Promise<string[]> => {
  const company = createCompany()
  const { status, body } = await answerEws(company.organisation, company.anna, Buffer.from(soap))
  assertValidSoap(body)
  return [String(status), ...textsOf(parseXml(body.toString()), 'ResponseCode')]
}

describe('requests to EWS', () => {
  it('may have any prefixes and order of attributes', async () => {
    const soap = `<Envelope xmlns="http://schemas.xmlsoap.org/soap/envelope/"><Header><V:RequestServerVersion Version="Exchange2010_SP1" xmlns:V="http://schemas.microsoft.com/exchange/services/2006/types"/></Header><Body>
      <FindFolder xmlns="http://schemas.microsoft.com/exchange/services/2006/messages" xmlns:q="http://schemas.microsoft.com/exchange/services/2006/types" Traversal='Deep'>
      <FolderShape><q:BaseShape>Default</q:BaseShape></FolderShape><IndexedPageFolderView BasePoint="Beginning" Offset="0" MaxEntriesReturned="3"/><ParentFolderIds><q:DistinguishedFolderId Id="root"/></ParentFolderIds></FindFolder></Body></Envelope>`
    assertValidSoap(soap)
    assert.deepEqual(await fault(soap), ['200', 'NoError'])
  })

  for (const [what, request] of Object.entries({
    'an unknown element':
      '<m:GetFolder><m:FolderShape><t:BaseShape>IdOnly</t:BaseShape><t:Colour>red</t:Colour></m:FolderShape><m:FolderIds><t:FolderId Id="x"/></m:FolderIds></m:GetFolder>',
    'elements in another order': `<m:GetFolder><m:FolderIds>${inbox}</m:FolderIds><m:FolderShape><t:BaseShape>IdOnly</t:BaseShape></m:FolderShape></m:GetFolder>`,
    'an unknown attribute': findItem(inbox).replace('Traversal=', 'Colour="red" Traversal='),
    'a missing attribute': findItem(inbox).replace(' Traversal="Shallow"', ''),
    'a value outside of its enumeration': findItem(inbox).replace('Shallow', 'Everywhere'),
    'an unknown property': findItem(inbox, { paths: field('item:Colour') }),
    'content that is not base64': createItem('<t:Message><t:MimeContent>???</t:MimeContent></t:Message>'),
    'an unknown operation': '<m:GetEverything/>',
    'nothing at all': '',
  })) {
    it(`fail with ${what}`, async () => {
      const { status, codes } = await ask(createCompany(), request, { invalid: true })
      assert.deepEqual([status, codes], [500, ['ErrorSchemaValidation']])
    })
  }

  it('fail as no XML, and with a document type', async () => {
    assert.deepEqual(await fault('<html>'), ['500', 'ErrorSchemaValidation'])
    assert.deepEqual(await fault(`<!DOCTYPE x>${envelope(findItem(inbox)).replace(/<\?xml.*\?>\n/, '')}`), ['500', 'ErrorSchemaValidation'])
  })

  it('get what their version has, and the server no more than its own', async () => {
    const company = createCompany({ release: 'Exchange2010_SP2' })
    assert.deepEqual((await ask(company, exportItems('<t:ItemId Id="x"/>'), { version: 'Exchange2007_SP1' })).codes, [
      'ErrorInvalidServerVersion',
    ])
    assert.deepEqual((await ask(company, findItem(inbox), { version: 'Exchange2013' })).codes, ['ErrorInvalidServerVersion'])
    assert.deepEqual((await ask(company, people, { version: 'Exchange2010_SP2' })).codes, ['ErrorSchemaValidation'])
    assert.deepEqual((await ask(company, findItem(inbox, { paths: field('item:Flag') }), { version: 'Exchange2010_SP2' })).codes, [
      'ErrorSchemaValidation',
    ])
    assert.deepEqual((await ask(company, findItem(inbox), { version: 'Exchange2010_SP2' })).codes, ['NoError'])
  })

  it('that find something wrong with one item go on with the others', async () => {
    const { codes } = await ask(
      createCompany(),
      createItem(`<t:Message>${mime('Subject: a\r\n\r\nb')}</t:Message><t:Message>${mime('\0')}</t:Message><t:Message/>`),
    )
    assert.deepEqual(codes, ['NoError', 'ErrorMimeContentInvalid', 'NoError'])
    assert.deepEqual((await ask(createCompany(), getItem('<t:ItemId Id="x"/><t:ItemId Id="y"/>'))).codes, [
      'ErrorInvalidIdMalformed',
      'ErrorInvalidIdMalformed',
    ])
  })

  it('that name a missing folder fail for each of their items', async () => {
    const folder = '<t:DistinguishedFolderId Id="archiveinbox"/>'
    assert.deepEqual((await ask(createCompany(), createItem('<t:Message/><t:Message/>', { folder }))).codes, [
      'ErrorSavedItemFolderNotFound',
      'ErrorSavedItemFolderNotFound',
    ])
  })

  it("learn the server's version and the organisation's domains", async () => {
    const company = createCompany({ release: 'Exchange2019' })
    const { body } = await ask(
      company,
      '<m:GetServiceConfiguration><m:RequestedConfiguration><m:ConfigurationName>MailTips</m:ConfigurationName></m:RequestedConfiguration></m:GetServiceConfiguration>',
    )
    assert.equal(first(body, 'Domain').attributes['Name'], 'fabrikam.example')
    const answer = await answerEws(company.organisation, company.anna, Buffer.from(envelope(findItem(inbox))))
    assert.match(answer.body.toString(), /<t:ServerVersionInfo MajorVersion="15" MinorVersion="2"/)
  })
})
