import assert from 'node:assert/strict'
import { giveArchive, giveMailbox } from '../../../src/sandbox/exchange/organisation.ts'
import { ask, createCompany, distinguishedXml, first, idXml, impersonationXml, storeOf, textsOf } from '../../support/ews.ts'
import { folderShape, getFolder } from '../../support/ewsRequests.ts'
import { putMail } from '../../support/exchangeMailbox.ts'

const below = (parent: string): string =>
  `<m:FindFolder Traversal="Deep">${folderShape('Default')}<m:ParentFolderIds>${distinguishedXml(parent)}</m:ParentFolderIds></m:FindFolder>`

const moveItem = (item: string, to: string): string =>
  `<m:MoveItem><m:ToFolderId>${distinguishedXml(to)}</m:ToFolderId><m:ItemIds>${item}</m:ItemIds><m:ReturnNewItemIds>true</m:ReturnNewItemIds></m:MoveItem>`

const inbox = `<m:FindItem Traversal="Shallow"><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape><m:ParentFolderIds>${distinguishedXml('inbox')}</m:ParentFolderIds></m:FindItem>`

describe('an archive by EWS', () => {
  it('is a store of its own, beside its owner’s mailbox, with few folders', async () => {
    const company = createCompany()
    giveArchive(company.organisation, company.anna)
    const { body } = await ask(company, below('archivemsgfolderroot'))
    assert.deepEqual(textsOf(body, 'DisplayName'), ['Deleted Items'])
    const inMailbox = await ask(company, below('msgfolderroot'))
    assert.ok(textsOf(inMailbox.body, 'DisplayName').includes('Inbox'))
    const asked = ['archiveroot', 'archivemsgfolderroot', 'archivedeleteditems', 'archiverecoverableitemsdeletions', 'archiveinbox']
    const { codes, body: found } = await ask(company, getFolder(asked.map(id => distinguishedXml(id)).join(''), 'AllProperties'))
    assert.deepEqual(codes, ['NoError', 'NoError', 'NoError', 'NoError', 'ErrorFolderNotFound'])
    assert.deepEqual(textsOf(found, 'DistinguishedFolderId'), asked.slice(0, 4))
  })

  it('isn’t there for who has none, nor for Exchange before 2010 SP1, nor after the mailbox was made anew', async () => {
    const company = createCompany()
    const root = getFolder(distinguishedXml('archivemsgfolderroot'))
    assert.deepEqual((await ask(company, root)).codes, ['ErrorFolderNotFound'])
    giveArchive(company.organisation, company.anna)
    assert.deepEqual((await ask(company, root)).codes, ['NoError'])
    assert.deepEqual((await ask(company, root, { version: 'Exchange2010', invalid: true })).codes.includes('NoError'), false)
    giveMailbox(company.organisation, company.anna)
    assert.deepEqual((await ask(company, root)).codes, ['ErrorFolderNotFound'])
  })

  it('opens to who may act as its owner, and to nobody else', async () => {
    const company = createCompany()
    giveArchive(company.organisation, company.anna)
    const header = impersonationXml('SmtpAddress', company.anna.primarySmtpAddress)
    const root = getFolder(distinguishedXml('archivemsgfolderroot'))
    const asService = await ask(company, root, { as: company.service, header })
    assert.deepEqual(asService.codes, ['NoError'])
    const byId = getFolder(idXml(first(asService.body, 'FolderId'), 't:FolderId'))
    assert.deepEqual((await ask(company, byId, { as: company.bernd })).codes, ['ErrorFolderNotFound'])
    company.anna.fullAccess.add(company.bernd.objectGuid)
    assert.deepEqual((await ask(company, byId, { as: company.bernd })).codes, ['NoError'])
  })

  it('takes items out of the mailbox, and doesn’t say what they are called there', async () => {
    const company = createCompany()
    const archive = giveArchive(company.organisation, company.anna)
    putMail(storeOf(company, company.anna), ['INBOX'], { mime: 'Subject: Old\n\nText\n', received: 0 })
    const item = idXml(first((await ask(company, inbox)).body, 'ItemId'))
    const { codes, body } = await ask(company, moveItem(item, 'archivedeleteditems'))
    assert.deepEqual(codes, ['NoError'])
    assert.deepEqual(textsOf(body, 'ItemId'), [])
    assert.equal(archive.items.size, 1)
    assert.equal(storeOf(company, company.anna).items.size, 0)
  })
})
