import assert from 'node:assert/strict'
import { all, ask, type Company, createCompany, distinguishedXml, first, idXml, textsOf } from '../../support/ews.ts'
import { createItem, deleteItem, extended, field, findItem, getItem, mime, named, received, tag } from '../../support/ewsRequests.ts'

const message = Buffer.from(
  [
    'Received: from mx.example by edge.fabrikam.example; Mon, 2 Mar 2026 07:59:00 +0000',
    'From: =?iso-8859-1?Q?J=FCrgen?= <juergen@contoso.example>',
    'To: "Albrecht, Anna" <anna@fabrikam.example>, bernd@fabrikam.example',
    'Cc: copies@contoso.example',
    'Subject: =?utf-8?B?w4TDtsO8?= =?utf-8?Q?_plan?=',
    'Date: Mon, 2 Mar 2026 08:58:00 +0100',
    'Message-ID: <1@contoso.example>',
    'References: <0@contoso.example>',
    'Importance: high',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=b',
    '',
    '--b',
    'Content-Type: text/plain; charset=iso-8859-1',
    'Content-Transfer-Encoding: quoted-printable',
    '',
    'Gr=FC=DFe',
    '--b',
    'Content-Type: application/pdf; name="plan.pdf"',
    'Content-Disposition: attachment; filename="plan.pdf"',
    'Content-Transfer-Encoding: base64',
    '',
    'JVBERi0xLjQ=',
    '--b--',
    '',
  ].join('\r\n'),
)

const inbox = distinguishedXml('inbox')

async function create(company: Company, item: string, folder = inbox): Promise<string> {
  const { body, codes } = await ask(company, createItem(item, { folder }))
  assert.deepEqual(codes, ['NoError'])
  return idXml(first(body, 'ItemId'))
}

describe('messages by EWS', () => {
  it('come back byte for byte as they were given, even where they are malformed', async () => {
    const company = createCompany()
    for (const given of [
      message,
      Buffer.from('no header at all\n\x80\xff'),
      Buffer.from('Subject: cut\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n'),
    ]) {
      const id = await create(company, `<t:Message>${mime(given)}</t:Message>`)
      const { body } = await ask(company, getItem(id, { mime: true }))
      assert.deepEqual(Buffer.from(first(body, 'MimeContent').text, 'base64'), given)
    }
  })

  it('are composed anew where the organisation does so: the same content in other bytes', async () => {
    const company = createCompany({ regenerateMime: true })
    const id = await create(company, `<t:Message>${mime(message)}</t:Message>`)
    const text = Buffer.from(first((await ask(company, getItem(id, { mime: true }))).body, 'MimeContent').text, 'base64').toString()
    assert.notEqual(text, message.toString())
    assert.match(text, /^Received: from mx\.example/m)
    assert.match(text, /^Content-Type: text\/html/m)
    const again = await create(company, `<t:Message>${mime(text)}</t:Message>`)
    const { body } = await ask(company, getItem(again, { base: 'AllProperties', bodyType: 'Text' }))
    assert.equal(first(body, 'Subject').text, 'Äöü plan')
    assert.equal(first(body, 'InternetMessageId').text, '<1@contoso.example>')
    assert.equal(first(body, 'Body').text, 'Grüße')
    assert.deepEqual(textsOf(first(body, 'Attachments'), 'Name'), ['plan.pdf'])
  })

  it('keep signed content and enclosed messages as they are even then', async () => {
    const company = createCompany({ regenerateMime: true })
    const read = async (given: string): Promise<string> => {
      const id = await create(company, `<t:Message>${mime(given)}</t:Message>`)
      return Buffer.from(first((await ask(company, getItem(id, { mime: true }))).body, 'MimeContent').text, 'base64').toString()
    }
    const signed =
      'Subject: s\r\nContent-Type: multipart/signed; boundary=q\r\n\r\n--q\r\n\r\nText\r\n--q\r\nContent-Type: application/pkcs7-signature\r\n\r\nMII=\r\n--q--\r\n'
    assert.equal(await read(signed), signed)
    const enclosed = 'From: x@y\r\nSubject: inner \r\n\r\n  Text é\r\n'
    const outer = `Subject: o\r\nContent-Type: multipart/mixed; boundary=q\r\n\r\n--q\r\n\r\nHi\r\n--q\r\nContent-Type: message/rfc822\r\n\r\n${enclosed}\r\n--q--\r\n`
    const regenerated = await read(outer)
    assert.ok(!regenerated.includes('--q') && regenerated.includes(enclosed))
  })

  it('have names and subjects in any charset, also where a character is cut in two', async () => {
    const company = createCompany()
    const word = (bytes: Buffer, charset = 'utf-8'): string => `=?${charset}?B?${bytes.toString('base64')}?=`
    const text = Buffer.from('Żółć')
    const subject = `${word(text.subarray(0, 3))}\r\n ${word(text.subarray(3))} und ${word(Buffer.from([0xa4]), 'iso-8859-15')} or =?x-unknown?Q?a?=`
    const id = await create(company, `<t:Message>${mime(`Subject: ${subject}\r\n\r\n.`)}</t:Message>`)
    assert.equal(first((await ask(company, getItem(id, { base: 'Default' }))).body, 'Subject').text, 'Żółć und € or =?x-unknown?Q?a?=')
  })

  it('show what their header says', async () => {
    const company = createCompany()
    const id = await create(company, `<t:Message>${mime(message)}</t:Message>`)
    const { body } = await ask(company, getItem(id, { base: 'AllProperties' }))
    const text = (name: string): string => first(body, name).text
    assert.equal(text('Subject'), 'Äöü plan')
    assert.equal(text('Importance'), 'High')
    assert.equal(text('DateTimeSent'), '2026-03-02T07:58:00Z')
    assert.equal(text('References'), '<0@contoso.example>')
    assert.equal(text('HasAttachments'), 'true')
    assert.equal(text('DisplayTo'), 'Albrecht, Anna; bernd@fabrikam.example')
    assert.deepEqual(textsOf(first(body, 'From'), 'Name'), ['Jürgen'])
    assert.deepEqual(textsOf(first(body, 'ToRecipients'), 'EmailAddress'), ['anna@fabrikam.example', 'bernd@fabrikam.example'])
    assert.equal(first(body, 'Body').text, 'Grüße')
  })

  it('are drafts unless they bring their flags along, which only count at creation', async () => {
    const company = createCompany()
    const flags = field('item:IsDraft') + field('message:IsRead') + field('item:DateTimeReceived')
    const show = async (id: string): Promise<string[]> => {
      const { body } = await ask(company, getItem(id, { paths: flags }))
      return ['IsDraft', 'IsRead'].map(name => first(body, name).text)
    }
    const draft = await create(company, `<t:Message>${mime(message)}</t:Message>`)
    const unread = await create(company, `<t:Message>${mime(message)}${received(0, '2020-05-05T05:05:05Z')}</t:Message>`)
    const read = await create(company, `<t:Message>${mime(message)}${received(1, '2020-05-05T05:05:05Z')}</t:Message>`)
    assert.deepEqual(
      [await show(draft), await show(unread), await show(read)],
      [
        ['true', 'true'],
        ['false', 'false'],
        ['false', 'true'],
      ],
    )
    const change = `<t:SetItemField>${tag('0x0E07', 'Integer')}<t:Message>${extended(tag('0x0E07', 'Integer'), '1')}</t:Message></t:SetItemField>`
    await ask(
      company,
      `<m:UpdateItem ConflictResolution="AlwaysOverwrite" MessageDisposition="SaveOnly"><m:ItemChanges><t:ItemChange>${draft}<t:Updates>${change}</t:Updates></t:ItemChange></m:ItemChanges></m:UpdateItem>`,
    )
    assert.deepEqual(await show(draft), ['true', 'true'])
    assert.equal(first((await ask(company, getItem(read, { paths: flags }))).body, 'DateTimeReceived').text, '2020-05-05T05:05:05Z')
  })

  it('keep categories, flag and properties of any set, by any type', async () => {
    const company = createCompany()
    const properties = extended(named('Marker'), 'abc') + extended(tag('0x3F01', 'Long'), '9007199254740993')
    const list = `<t:ExtendedProperty>${named('List', 'StringArray')}<t:Values><t:Value>x</t:Value><t:Value>y</t:Value></t:Values></t:ExtendedProperty>`
    const id = await create(
      company,
      `<t:Message>${mime(message)}<t:Categories><t:String>Rot</t:String><t:String>Blue</t:String></t:Categories><t:Importance>Low</t:Importance>${properties}${list}<t:Flag><t:FlagStatus>Flagged</t:FlagStatus><t:StartDate>2026-03-03T00:00:00Z</t:StartDate><t:DueDate>2026-03-04T00:00:00Z</t:DueDate></t:Flag></t:Message>`,
    )
    const paths =
      field('item:Categories') +
      field('item:Flag') +
      field('item:Importance') +
      named('Marker') +
      tag('0x3F01', 'Long') +
      named('List', 'StringArray') +
      named('Other')
    const { body } = await ask(company, getItem(id, { paths }))
    assert.deepEqual(textsOf(first(body, 'Categories'), 'String'), ['Rot', 'Blue'])
    assert.deepEqual(
      first(body, 'Flag').children.map(({ text }) => text),
      ['Flagged', '2026-03-03T00:00:00Z', '2026-03-04T00:00:00Z'],
    )
    assert.equal(first(body, 'Importance').text, 'Low')
    assert.deepEqual(textsOf(body, 'Value'), ['abc', '9007199254740993', 'x', 'y'])
  })

  it('without content, larger than allowed or beyond the quota are refused one by one', async () => {
    const company = createCompany({ limits: { maxMessageSize: 20_000 }, mailbox: { quota: 30_000 } })
    const sized = (size: number): string => `<t:Message>${mime(`Subject: x\r\n\r\n${'x'.repeat(size)}`)}</t:Message>`
    const { codes } = await ask(
      company,
      createItem(`<t:Message>${mime(Buffer.alloc(9))}</t:Message>${sized(30_000)}${sized(100)}`, { folder: inbox }),
    )
    assert.deepEqual(codes, ['ErrorMimeContentInvalid', 'ErrorMessageSizeExceeded', 'NoError'])
    assert.deepEqual((await ask(company, createItem(sized(19_000) + sized(19_000), { folder: inbox }))).codes, [
      'NoError',
      'ErrorQuotaExceeded',
    ])
    const found = await ask(company, findItem(inbox))
    await ask(
      company,
      deleteItem(
        all(found.body, 'ItemId')
          .map(one => idXml(one))
          .join(''),
        'SoftDelete',
      ),
    )
    assert.deepEqual((await ask(company, createItem(sized(19_000), { folder: inbox }))).codes, ['NoError'])
  })

  it('have long ids, bound to case and to this organisation, whose keys change with every change', async () => {
    const company = createCompany()
    const { body } = await ask(company, createItem(`<t:Message>${mime(message)}</t:Message>`.repeat(20), { folder: inbox }))
    const ids = all(body, 'ItemId').map(({ attributes }) => attributes['Id'] ?? '')
    assert.ok(ids.every(id => id.length > 100 && Buffer.from(id, 'base64').toString('base64') === id))
    assert.match(ids.join(''), /\//)
    assert.match(ids.join(''), /\+/)
    const [id = ''] = ids
    const swapped = id.replace(/[a-z]/g, one => one.toUpperCase())
    assert.deepEqual((await ask(company, getItem(`<t:ItemId Id="${swapped}"/><t:ItemId Id="rubbish"/>`))).codes, [
      'ErrorInvalidIdMalformed',
      'ErrorInvalidIdMalformed',
    ])
    assert.deepEqual((await ask(createCompany(), getItem(`<t:ItemId Id="${id}"/>`))).codes, ['ErrorInvalidIdMalformed'])
  })

  it('give their attachments', async () => {
    const company = createCompany()
    const id = await create(company, `<t:Message>${mime(message)}</t:Message>`)
    const attachment = first((await ask(company, getItem(id, { base: 'Default' }))).body, 'AttachmentId')
    const { body } = await ask(
      company,
      `<m:GetAttachment><m:AttachmentIds>${idXml(attachment, 't:AttachmentId', false)}</m:AttachmentIds></m:GetAttachment>`,
    )
    assert.equal(Buffer.from(first(body, 'Content').text, 'base64').toString(), '%PDF-1.4')
  })
})
