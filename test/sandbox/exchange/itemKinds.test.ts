import assert from 'node:assert/strict'
import { all, ask, type Company, createCompany, distinguishedXml, first, idXml, textsOf } from '../../support/ews.ts'
import {
  createItem,
  deleteItem,
  exportItems,
  field,
  findItem,
  getItem,
  mime,
  setField,
  tag,
  updateItem,
  uploadItem,
} from '../../support/ewsRequests.ts'

const kinds = {
  CalendarItem: {
    folder: 'calendar',
    item: `<t:CalendarItem><t:Subject>Retreat</t:Subject><t:Body BodyType="HTML">&lt;b&gt;Bring boots&lt;/b&gt;</t:Body><t:Categories><t:String>Green</t:String></t:Categories><t:ReminderIsSet>true</t:ReminderIsSet>
      <t:UID>uid-1</t:UID><t:Start>2026-06-01T08:00:00Z</t:Start><t:End>2026-06-03T16:00:00Z</t:End><t:IsAllDayEvent>false</t:IsAllDayEvent><t:LegacyFreeBusyStatus>OOF</t:LegacyFreeBusyStatus><t:Location>Hütte</t:Location>
      <t:Recurrence><t:WeeklyRecurrence><t:Interval>2</t:Interval><t:DaysOfWeek>Monday</t:DaysOfWeek></t:WeeklyRecurrence><t:NoEndRecurrence><t:StartDate>2026-06-01</t:StartDate></t:NoEndRecurrence></t:Recurrence></t:CalendarItem>`,
  },
  Contact: {
    folder: 'contacts',
    item: `<t:Contact><t:FileAs>Cruz, Carla</t:FileAs><t:GivenName>Carla</t:GivenName><t:CompanyName>Contoso</t:CompanyName>
      <t:EmailAddresses><t:Entry Key="EmailAddress1">carla@contoso.example</t:Entry></t:EmailAddresses>
      <t:PhysicalAddresses><t:Entry Key="Business"><t:Street>Main St 1</t:Street><t:City>Lisboa</t:City></t:Entry></t:PhysicalAddresses>
      <t:PhoneNumbers><t:Entry Key="MobilePhone">+351 1</t:Entry></t:PhoneNumbers><t:Birthday>1980-01-02T00:00:00Z</t:Birthday><t:Surname>Cruz</t:Surname></t:Contact>`,
  },
  Task: {
    folder: 'tasks',
    item: '<t:Task><t:Subject>Call</t:Subject><t:DueDate>2026-07-01T00:00:00Z</t:DueDate><t:PercentComplete>50</t:PercentComplete><t:Status>InProgress</t:Status></t:Task>',
  },
  PostItem: { folder: 'inbox', item: '<t:PostItem><t:Subject>Note to all</t:Subject><t:Body BodyType="Text">Hi</t:Body></t:PostItem>' },
  Item: {
    folder: 'notes',
    item: '<t:Message><t:ItemClass>IPM.StickyNote</t:ItemClass><t:Subject>Milk</t:Subject><t:Body BodyType="Text">Milk</t:Body></t:Message>',
  },
}

async function create(company: Company, item: string, folder: string): Promise<string> {
  const { body, codes } = await ask(company, createItem(item, { folder: distinguishedXml(folder), invitations: 'SendToNone' }))
  assert.deepEqual(codes, ['NoError'])
  return idXml(first(body, 'ItemId'))
}

const parentXml = async (company: Company, folder: string): Promise<string> => {
  const { body } = await ask(
    company,
    `<m:GetFolder><m:FolderShape><t:BaseShape>IdOnly</t:BaseShape></m:FolderShape><m:FolderIds>${distinguishedXml(folder)}</m:FolderIds></m:GetFolder>`,
  )
  return idXml(first(body, 'FolderId'), 't:ParentFolderId')
}

describe('items of every kind', () => {
  for (const [kind, { folder, item }] of Object.entries(kinds)) {
    it(`keep what they have, and all of it through export and upload: ${kind}`, async () => {
      const company = createCompany()
      const target = createCompany()
      const id = await create(company, item, folder)
      const shape = { base: 'AllProperties', paths: tag('0x300B', 'Binary') }
      const before = await ask(company, getItem(id, shape))
      const data = first((await ask(company, exportItems(id))).body, 'Data').text
      const uploaded = await ask(target, uploadItem(await parentXml(target, folder), data))
      const after = await ask(target, getItem(idXml(first(uploaded.body, 'ItemId')), shape))
      const own = new Set(['ItemId', 'ParentFolderId', 'StoreEntryId', 'InstanceKey'])
      const content = (answer: typeof before) => first(answer.body, kind).children.filter(({ name }) => !own.has(name))
      assert.deepEqual(content(after), content(before))
      assert.ok(content(after).length > 10)
    })
  }

  it('are created only where they belong, and only as what their class says', async () => {
    const company = createCompany()
    const refused = async (item: string): Promise<readonly string[]> =>
      (await ask(company, createItem(item, { folder: distinguishedXml('inbox'), invitations: 'SendToNone' }))).codes
    assert.deepEqual(await refused(kinds.CalendarItem.item), ['ErrorCannotCreateCalendarItemInNonCalendarFolder'])
    assert.deepEqual(await refused(kinds.Contact.item), ['ErrorCannotCreateContactInNonContactFolder'])
    assert.deepEqual(await refused(kinds.Task.item), ['ErrorCannotCreateTaskInNonTaskFolder'])
    assert.deepEqual(await refused('<t:Message><t:ItemClass>IPM.Appointment</t:ItemClass></t:Message>'), ['ErrorObjectTypeChanged'])
    assert.deepEqual(await refused(`<t:CalendarItem>${mime('BEGIN:VCALENDAR')}</t:CalendarItem>`), ['ErrorUnsupportedMimeConversion'])
  })

  it('have no fields of another kind; Exchange 2007 refuses to be asked for them, unless the items are only listed', async () => {
    const company = createCompany()
    const id = await create(company, kinds.Contact.item, 'contacts')
    const request = getItem(id, { paths: field('message:IsRead') + field('calendar:AdjacentMeetings') + field('contacts:GivenName') })
    const { body } = await ask(company, request)
    assert.deepEqual([...textsOf(body, 'IsRead'), ...textsOf(body, 'GivenName')], ['Carla'])
    assert.deepEqual((await ask(company, request, { version: 'Exchange2007' })).codes, ['ErrorInvalidPropertyRequest'])
    assert.deepEqual((await ask(company, findItem(distinguishedXml('contacts'), { paths: field('message:IsRead') }))).codes, ['NoError'])
  })

  it('have entries that are read and changed one by one', async () => {
    const company = createCompany()
    const id = await create(company, kinds.Contact.item, 'contacts')
    const street = '<t:IndexedFieldURI FieldURI="contacts:PhysicalAddress:Street" FieldIndex="Business"/>'
    const value = '<t:PhysicalAddresses><t:Entry Key="Business"><t:Street>Side St 2</t:Street></t:Entry></t:PhysicalAddresses>'
    assert.deepEqual((await ask(company, updateItem(id, setField(street, value, 'Contact')))).codes, ['NoError'])
    const { body } = await ask(company, getItem(id, { base: 'AllProperties' }))
    assert.deepEqual([...textsOf(body, 'Street'), ...textsOf(body, 'City')], ['Side St 2', 'Lisboa'])
    const alone = await ask(company, getItem(id, { paths: street }))
    assert.deepEqual([...textsOf(alone.body, 'Street'), ...textsOf(alone.body, 'City')], ['Side St 2'])
  })

  it('are found in a calendar by time', async () => {
    const company = createCompany()
    await create(company, kinds.CalendarItem.item, 'calendar')
    const view = (from: string, to: string): string => `<m:CalendarView StartDate="${from}" EndDate="${to}"/>`
    const count = async (text: string): Promise<number> =>
      all((await ask(company, findItem(distinguishedXml('calendar'), { view: text }))).body, 'CalendarItem').length
    assert.equal(await count(view('2026-06-02T00:00:00Z', '2026-06-02T12:00:00Z')), 1)
    assert.equal(await count(view('2026-06-04T00:00:00Z', '2026-06-05T00:00:00Z')), 0)
  })

  it('get and lose attachments, and show them in their MIME', async () => {
    const company = createCompany()
    const id = await create(company, `<t:Message>${mime('Subject: x\r\n\r\nText')}</t:Message>`, 'inbox')
    const file =
      '<t:FileAttachment><t:Name>ä.txt</t:Name><t:ContentType>text/plain</t:ContentType><t:Content>aGVsbG8=</t:Content></t:FileAttachment>'
    const made = await ask(
      company,
      `<m:CreateAttachment>${idXml({ ...first((await ask(company, getItem(id))).body, 'ItemId') }, 'm:ParentItemId')}<m:Attachments>${file}</m:Attachments></m:CreateAttachment>`,
    )
    assert.deepEqual(made.codes, ['NoError'])
    const text = Buffer.from(first((await ask(company, getItem(id, { mime: true }))).body, 'MimeContent').text, 'base64').toString()
    assert.match(text, /aGVsbG8=/)
    const attachment = `<t:AttachmentId Id="${first(made.body, 'AttachmentId').attributes['Id']}"/>`
    const gone = await ask(company, `<m:DeleteAttachment><m:AttachmentIds>${attachment}</m:AttachmentIds></m:DeleteAttachment>`)
    const current = first((await ask(company, getItem(id, { paths: field('item:HasAttachments') }))).body, 'ItemId')
    assert.equal(first(gone.body, 'RootItemId').attributes['RootItemChangeKey'], current.attributes['ChangeKey'])
    assert.deepEqual((await ask(company, `<m:GetAttachment><m:AttachmentIds>${attachment}</m:AttachmentIds></m:GetAttachment>`)).codes, [
      'ErrorItemNotFound',
    ])
  })

  it('are sent from drafts with a current key alone', async () => {
    const company = createCompany()
    const to = '<t:ToRecipients><t:Mailbox><t:EmailAddress>bernd@fabrikam.example</t:EmailAddress></t:Mailbox></t:ToRecipients>'
    const id = await create(company, `<t:Message><t:Subject>Hi</t:Subject>${to}</t:Message>`, 'drafts')
    const send = (ids: string): string => `<m:SendItem SaveItemToFolder="true"><m:ItemIds>${ids}</m:ItemIds></m:SendItem>`
    assert.deepEqual((await ask(company, send(id.replace(/ ChangeKey="[^"]*"/, '')))).codes, ['ErrorChangeKeyRequired'])
    assert.deepEqual((await ask(company, send(id))).codes, ['NoError'])
    const { body } = await ask(company, findItem(distinguishedXml('sentitems'), { paths: field('item:IsDraft') + field('item:Subject') }))
    assert.deepEqual([...textsOf(body, 'Subject'), ...textsOf(body, 'IsDraft')], ['Hi', 'false'])
    assert.equal(company.organisation.outbox.length, 1)
  })

  it('are all marked as read, and emptied out of a folder', async () => {
    const company = createCompany()
    for (let count = 0; count < 3; count++)
      await create(company, `<t:Message>${mime('Subject: x\r\n\r\ny')}<t:IsRead>false</t:IsRead></t:Message>`, 'inbox')
    const unread = async (): Promise<string> => {
      const { body } = await ask(
        company,
        `<m:GetFolder><m:FolderShape><t:BaseShape>Default</t:BaseShape></m:FolderShape><m:FolderIds>${distinguishedXml('inbox')}</m:FolderIds></m:GetFolder>`,
      )
      return `${first(body, 'UnreadCount').text} of ${first(body, 'TotalCount').text}`
    }
    assert.equal(await unread(), '3 of 3')
    const ids = `<m:FolderIds>${distinguishedXml('inbox')}</m:FolderIds>`
    await ask(
      company,
      `<m:MarkAllItemsAsRead><m:ReadFlag>true</m:ReadFlag><m:SuppressReadReceipts>true</m:SuppressReadReceipts>${ids}</m:MarkAllItemsAsRead>`,
    )
    assert.equal(await unread(), '0 of 3')
    await ask(company, `<m:EmptyFolder DeleteType="SoftDelete" DeleteSubFolders="false">${ids}</m:EmptyFolder>`)
    assert.equal(await unread(), '0 of 0')
  })

  it('of a task or a meeting are not deleted without saying what becomes of the others', async () => {
    const company = createCompany()
    const id = await create(company, kinds.Task.item, 'tasks')
    assert.deepEqual((await ask(company, deleteItem(id))).codes, ['ErrorAffectedTaskOccurrencesRequired'])
    assert.deepEqual((await ask(company, deleteItem(id, 'SoftDelete', 'AffectedTaskOccurrences="AllOccurrences"'))).codes, ['NoError'])
  })
})
