import assert from 'node:assert/strict'
import util from 'node:util'
import type * as Ews from 'ews-javascript-api'
import { answerEws } from '../../../src/sandbox/exchange/ews/answerEws.ts'
import { type Company, createCompany } from '../../support/ews.ts'
import { assertValidSoap } from '../../support/ewsSchema.ts'

/** The library calls a function that Node 23 took away. */
async function loadLibrary(): Promise<typeof Ews> {
  Object.assign(util, { isNullOrUndefined: (value: unknown) => value === null || value === undefined })
  return await import('ews-javascript-api')
}

/** The library's transport, without a network: its requests and our answers must both be valid. */
const transport = (company: Company): Ews.IXHRApi => ({
  apiName: 'in process',
  disconnect: () => undefined,
  xhrStream: () => Promise.reject(new Error('not streamed here')),
  xhr: async ({ data }) => {
    assertValidSoap(String(data))
    const { status, headers, body } = await answerEws(company.organisation, company.service, Buffer.from(String(data)))
    assertValidSoap(body)
    const answer = {
      status,
      statusText: '',
      readyState: 4,
      response: body.toString(),
      responseText: body.toString(),
      responseType: 'text',
      getResponseHeader: (name: string) => headers[name.toLowerCase()] ?? null,
      getAllResponseHeaders: () =>
        Object.entries(headers)
          .map(([name, value]) => `${name}: ${value}`)
          .join('\r\n'),
    }
    if (status >= 400) throw answer
    return answer
  },
})

describe("a client that isn't ours (ews-javascript-api)", function () {
  this.timeout(20_000)
  let ews: typeof Ews

  before(async () => {
    ews = await loadLibrary()
  })

  function connect(): { readonly company: Company; readonly service: Ews.ExchangeService } {
    const company = createCompany()
    const service = new ews.ExchangeService(ews.ExchangeVersion.Exchange2013_SP1)
    service.Url = new ews.Uri('https://mail.fabrikam.example/EWS/Exchange.asmx')
    service.Credentials = new ews.WebCredentials('svc-migration', 'unused here')
    service.ImpersonatedUserId = new ews.ImpersonatedUserId(ews.ConnectingIdType.SmtpAddress, 'anna@fabrikam.example')
    service.XHRApi = transport(company)
    return { company, service }
  }

  it('creates folders and messages, and finds, syncs, reads, marks, moves and deletes them', async () => {
    const { service } = connect()
    const folder = new ews.Folder(service)
    folder.DisplayName = 'Projects'
    await folder.Save(ews.WellKnownFolderName.Inbox)
    const marker = new ews.ExtendedPropertyDefinition(
      new ews.Guid('7c2f1b44-9a3e-4d5b-8c6a-0e1f2a3b4c5d'),
      'Marker',
      ews.MapiPropertyType.String,
    )
    for (const subject of ['one', 'two']) {
      const message = new ews.EmailMessage(service)
      message.MimeContent = new ews.MimeContent(
        'UTF-8',
        Buffer.from(`From: x@contoso.example\r\nSubject: ${subject}\r\n\r\nText\r\n`).toString('base64'),
      )
      message.SetExtendedProperty(new ews.ExtendedPropertyDefinition(0x0e07, ews.MapiPropertyType.Integer), 0)
      message.SetExtendedProperty(marker, subject)
      await message.Save(folder.Id)
    }

    const columns = new ews.PropertySet(ews.BasePropertySet.IdOnly, [ews.ItemSchema.Subject, ews.EmailMessageSchema.IsRead, marker])
    const view = new ews.ItemView(10)
    view.PropertySet = columns
    view.OrderBy.Add(ews.ItemSchema.Subject, ews.SortDirection.Ascending)
    const found = await service.FindItems(folder.Id, new ews.SearchFilter.IsEqualTo(ews.EmailMessageSchema.IsRead, false), view)
    assert.deepEqual(
      found.Items.map(item => item.Subject),
      ['one', 'two'],
    )

    const changes = await service.SyncFolderItems(folder.Id, columns, [], 100, ews.SyncFolderItemsScope.NormalItems, '')
    assert.equal(changes.Count, 2)
    const id = found.Items[0]?.Id
    assert.ok(id)
    const bound = await ews.EmailMessage.Bind(
      service,
      id,
      new ews.PropertySet(ews.BasePropertySet.FirstClassProperties, [ews.ItemSchema.MimeContent]),
    )
    assert.match(Buffer.from(bound.MimeContent.Content, 'base64').toString(), /Subject: one\r\n\r\nText/)
    bound.IsRead = true
    await bound.Update(ews.ConflictResolutionMode.AlwaysOverwrite, true)
    await bound.Move(ews.WellKnownFolderName.JunkEmail)
    const next = await service.SyncFolderItems(folder.Id, columns, [], 100, ews.SyncFolderItemsScope.NormalItems, changes.SyncState)
    assert.deepEqual(
      Array.from({ length: next.Count }, (_, index) => next._getItem(index).ChangeType),
      [ews.ChangeType.Delete],
    )
    await folder.Delete(ews.DeleteMode.HardDelete)
  })

  it('creates appointments, contacts and tasks and reads them back', async () => {
    const { company, service } = connect()
    const appointment = new ews.Appointment(service)
    appointment.Subject = 'Review'
    appointment.Start = new ews.DateTime('2026-04-01T09:00:00Z')
    appointment.End = new ews.DateTime('2026-04-01T10:00:00Z')
    appointment.Location = 'Room 4'
    await appointment.Save(ews.WellKnownFolderName.Calendar, ews.SendInvitationsMode.SendToNone)
    const again = await ews.Appointment.Bind(service, appointment.Id)
    assert.deepEqual([again.Subject, again.Location, again.Start.ToISOString()], ['Review', 'Room 4', '2026-04-01T09:00:00.000Z'])

    const contact = new ews.Contact(service)
    contact.GivenName = 'Carla'
    contact.Surname = 'Cruz'
    contact.EmailAddresses._setItem(ews.EmailAddressKey.EmailAddress1, new ews.EmailAddress('carla@contoso.example'))
    await contact.Save(ews.WellKnownFolderName.Contacts)
    const person = await ews.Contact.Bind(service, contact.Id)
    assert.deepEqual(
      [person.GivenName, person.EmailAddresses._getItem(ews.EmailAddressKey.EmailAddress1).Address],
      ['Carla', 'carla@contoso.example'],
    )

    const task = new ews.Task(service)
    task.Subject = 'Call'
    task.DueDate = new ews.DateTime('2026-05-01T00:00:00Z')
    await task.Save(ews.WellKnownFolderName.Tasks)
    assert.equal((await ews.Task.Bind(service, task.Id)).Subject, 'Call')
    assert.equal(company.organisation.outbox.length, 0)
  })

  it('resolves names and is told what it may not', async () => {
    const { company, service } = connect()
    const names = await service.ResolveName(company.bernd.legacyExchangeDN)
    assert.equal(names._getItem(0).Mailbox.Address, 'bernd@fabrikam.example')
    company.service.roles.clear()
    await assert.rejects(service.ResolveName('Bernd'), /does not have permission to impersonate/)
  })
})
