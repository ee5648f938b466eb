import assert from 'node:assert/strict'
import { giveMailbox } from '../../../src/sandbox/exchange/organisation.ts'
import { ask, type Company, createCompany, distinguishedXml, first, idXml, impersonationXml, storeOf } from '../../support/ews.ts'
import { createItem, getItem, mime } from '../../support/ewsRequests.ts'

const getFolder = (id: string): string =>
  `<m:GetFolder><m:FolderShape><t:BaseShape>IdOnly</t:BaseShape></m:FolderShape><m:FolderIds>${id}</m:FolderIds></m:GetFolder>`

const inbox = getFolder(distinguishedXml('inbox'))

type Kind = Parameters<typeof impersonationXml>[0]

const impersonated = async (company: Company, kind: Kind, value: string, as = company.service): Promise<[number, readonly string[]]> => {
  const { status, codes } = await ask(company, inbox, { as, header: impersonationXml(kind, value) })
  return [status, codes]
}

describe('who may open a mailbox', () => {
  it('is an account with ApplicationImpersonation, by UPN, SID, primary or any address', async () => {
    const company = createCompany()
    const { anna } = company
    for (const [kind, value] of [
      ['PrincipalName', anna.userPrincipalName],
      ['SID', anna.sid],
      ['PrimarySmtpAddress', 'anna@fabrikam.example'],
      ['SmtpAddress', 'a.albrecht@fabrikam.example'],
    ] as const) {
      assert.deepEqual(await impersonated(company, kind, value), [200, ['NoError']])
    }
  })

  it('is nobody else, and nobody is impersonated who has no mailbox or another primary address', async () => {
    const company = createCompany()
    assert.deepEqual(await impersonated(company, 'PrimarySmtpAddress', 'bernd@fabrikam.example', company.anna), [
      500,
      ['ErrorImpersonateUserDenied'],
    ])
    assert.deepEqual(await impersonated(company, 'PrimarySmtpAddress', 'a.albrecht@fabrikam.example'), [
      500,
      ['ErrorNonPrimarySmtpAddress'],
    ])
    assert.deepEqual(await impersonated(company, 'PrimarySmtpAddress', 'nobody@fabrikam.example'), [500, ['ErrorNonExistentMailbox']])
    assert.deepEqual(await impersonated(company, 'SmtpAddress', company.service.primarySmtpAddress), [500, ['ErrorNonExistentMailbox']])
    assert.deepEqual(await impersonated(company, 'PrincipalName', 'nobody@fabrikam.example'), [500, ['ErrorInvalidUserPrincipalName']])
    assert.deepEqual(await impersonated(company, 'SID', 'S-1-5-21-1-2-3-4'), [500, ['ErrorInvalidUserSid']])
  })

  it('is not the impersonating account where its role ends short of a mailbox', async () => {
    const company = createCompany()
    company.organisation.faults.impersonationDenied.add(company.bernd.mailboxGuid ?? '')
    assert.deepEqual(await impersonated(company, 'SmtpAddress', 'anna@fabrikam.example'), [200, ['NoError']])
    assert.deepEqual(await impersonated(company, 'SmtpAddress', 'bernd@fabrikam.example'), [500, ['ErrorImpersonateUserDenied']])
  })

  it('is a delegate with full access', async () => {
    const company = createCompany()
    const theirs = getFolder(distinguishedXml('inbox', 'bernd@fabrikam.example'))
    assert.deepEqual((await ask(company, theirs)).codes, ['ErrorFolderNotFound'])
    company.bernd.fullAccess.add(company.anna.objectGuid)
    assert.deepEqual((await ask(company, theirs)).codes, ['NoError'])
    assert.deepEqual((await ask(company, getFolder(distinguishedXml('inbox', 'nobody@fabrikam.example')))).codes, [
      'ErrorNonExistentMailbox',
    ])
  })

  it('is not somebody who only knows the ids', async () => {
    const company = createCompany()
    const made = await ask(company, createItem(`<t:Message>${mime('Subject: x\r\n\r\ny')}</t:Message>`))
    const id = idXml(first(made.body, 'ItemId'))
    assert.deepEqual((await ask(company, getItem(id), { as: company.bernd })).codes, ['ErrorAccessDenied'])
  })

  it('has to name a mailbox where the account has none', async () => {
    const company = createCompany()
    assert.deepEqual((await ask(company, inbox, { as: company.service })).codes, ['ErrorMissingEmailAddress'])
  })

  it('finds an empty store without the old ids where a mailbox was created anew under its address', async () => {
    const company = createCompany()
    const old = await ask(company, inbox)
    const before = storeOf(company, company.anna)
    giveMailbox(company.organisation, company.anna)
    const renewed = await ask(company, inbox)
    assert.deepEqual(renewed.codes, ['NoError'])
    assert.notEqual(storeOf(company, company.anna).guid, before.guid)
    assert.notEqual(first(renewed.body, 'FolderId').attributes['Id'], first(old.body, 'FolderId').attributes['Id'])
    assert.deepEqual((await ask(company, getFolder(idXml(first(old.body, 'FolderId'), 't:FolderId')))).codes, ['ErrorNonExistentMailbox'])
  })
})
