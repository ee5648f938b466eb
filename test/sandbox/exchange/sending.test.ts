import assert from 'node:assert/strict'
import { deliver } from '../../../src/sandbox/exchange/store/storeMessage.ts'
import { ask, type Company, createCompany, distinguishedXml, first, folderOf, idXml, start, storeOf, textsOf } from '../../support/ews.ts'
import { createItem, deleteItem, field, findItem, setField, updateItem } from '../../support/ewsRequests.ts'

const isRead = setField(field('message:IsRead'), '<t:IsRead>true</t:IsRead>')

/** Bernd asked Anna to confirm that she read it. */
async function askedForReceipt(): Promise<Company & { readonly id: string }> {
  const company = createCompany()
  deliver(
    storeOf(company, company.anna),
    Buffer.from('From: bernd@fabrikam.example\r\nDisposition-Notification-To: bernd@fabrikam.example\r\nSubject: Read me\r\n\r\n.'),
    start,
  )
  const { body } = await ask(company, findItem(distinguishedXml('inbox')))
  return { ...company, id: idXml(first(body, 'ItemId')) }
}

const sent = ({ organisation }: Company): string[] => organisation.outbox.map(({ itemClass, to }) => `${itemClass} to ${to.join()}`)

describe('what EWS sends', () => {
  it('is a read receipt when a message is marked as read and nobody suppresses it, once', async () => {
    const company = await askedForReceipt()
    await ask(company, updateItem(company.id, isRead))
    assert.deepEqual(sent(company), ['REPORT.IPM.Note.IPNRN to bernd@fabrikam.example'])
    assert.equal(folderOf(company, company.bernd, 'inbox').items.size, 1)
    await ask(company, updateItem(company.id, setField(field('message:IsRead'), '<t:IsRead>false</t:IsRead>')))
    await ask(company, updateItem(company.id, isRead))
    assert.equal(company.organisation.outbox.length, 1)
  })

  it('is a receipt that says not read when it is deleted unread', async () => {
    const company = await askedForReceipt()
    await ask(company, deleteItem(company.id, 'HardDelete'))
    assert.deepEqual(sent(company), ['REPORT.IPM.Note.IPNNRN to bernd@fabrikam.example'])
  })

  it('is nothing when receipts are suppressed: by an attribute since 2013, by clearing the request, or by its own answer', async () => {
    const suppressed = await askedForReceipt()
    await ask(suppressed, updateItem(suppressed.id, isRead, 'SuppressReadReceipts="true"'))
    const cleared = await askedForReceipt()
    const clear = setField(field('message:IsReadReceiptRequested'), '<t:IsReadReceiptRequested>false</t:IsReadReceiptRequested>')
    await ask(cleared, updateItem(cleared.id, clear + isRead), { version: 'Exchange2010_SP2' })
    const answered = await askedForReceipt()
    const answer = `<t:SuppressReadReceipt>${answered.id.replace('t:ItemId', 't:ReferenceItemId')}</t:SuppressReadReceipt>`
    assert.deepEqual((await ask(answered, createItem(answer), { version: 'Exchange2010_SP2' })).codes, ['NoError'])
    await ask(answered, deleteItem(answered.id), { version: 'Exchange2010_SP2' })
    assert.deepEqual([...sent(suppressed), ...sent(cleared), ...sent(answered)], [])
  })

  it('is refused as an attribute by versions before 2013', async () => {
    const company = await askedForReceipt()
    const { codes } = await ask(company, updateItem(company.id, isRead, 'SuppressReadReceipts="true"'), { version: 'Exchange2010_SP2' })
    assert.deepEqual(codes, ['ErrorSchemaValidation'])
  })

  it('are messages, delivered to whom is here', async () => {
    const company = createCompany()
    const to =
      '<t:ToRecipients><t:Mailbox><t:EmailAddress>bernd@fabrikam.example</t:EmailAddress></t:Mailbox><t:Mailbox><t:EmailAddress>x@contoso.example</t:EmailAddress></t:Mailbox></t:ToRecipients>'
    const item = `<t:Message><t:Subject>Hello</t:Subject><t:Body BodyType="HTML">&lt;p&gt;Hi&lt;/p&gt;</t:Body>${to}</t:Message>`
    assert.deepEqual((await ask(company, createItem(item, { disposition: 'SendAndSaveCopy' }))).codes, ['NoError'])
    assert.deepEqual(sent(company), ['IPM.Note to bernd@fabrikam.example,x@contoso.example'])
    assert.equal(folderOf(company, company.anna, 'sentitems').items.size, 1)
    const { body } = await ask(company, findItem(distinguishedXml('inbox'), { paths: field('item:Subject') }), { as: company.bernd })
    assert.deepEqual(textsOf(body, 'Subject'), ['Hello'])
    assert.deepEqual((await ask(company, createItem('<t:Message/>', { disposition: 'SendOnly' }))).codes, ['ErrorMissingRecipients'])
  })

  it('are cancellations when an organiser deletes a meeting, unless they are forbidden; saying neither is refused', async () => {
    const meeting =
      '<t:CalendarItem><t:Subject>Review</t:Subject><t:Start>2026-04-01T09:00:00Z</t:Start><t:End>2026-04-01T10:00:00Z</t:End><t:RequiredAttendees><t:Attendee><t:Mailbox><t:EmailAddress>bernd@fabrikam.example</t:EmailAddress></t:Mailbox></t:Attendee></t:RequiredAttendees></t:CalendarItem>'
    const company = createCompany()
    const create = async (): Promise<string> =>
      idXml(first((await ask(company, createItem(meeting, { invitations: 'SendToNone' }))).body, 'ItemId'))
    assert.deepEqual((await ask(company, createItem(meeting))).codes, ['ErrorSendMeetingInvitationsRequired'])
    const [one, two] = [await create(), await create()]
    assert.deepEqual((await ask(company, deleteItem(one))).codes, ['ErrorSendMeetingCancellationsRequired'])
    await ask(company, deleteItem(one, 'SoftDelete', 'SendMeetingCancellations="SendToNone"'))
    assert.deepEqual(sent(company), [])
    await ask(company, deleteItem(two, 'SoftDelete', 'SendMeetingCancellations="SendToAllAndSaveCopy"'))
    assert.deepEqual(sent(company), ['IPM.Schedule.Meeting.Canceled to bernd@fabrikam.example'])
  })
})
