import assert from 'node:assert/strict'
import type { MailFolder, Message } from '@microsoft/microsoft-graph-types'
import { arrive, type Contoso, contoso, errorCode, mailboxFor } from './support.ts'

const box = (path: string): string => `/users/anna@contoso.test/${path}`

const asImported: Message = {
  subject: 'Quarterly figures',
  body: { contentType: 'html', content: '<p>All of them</p>' },
  from: { emailAddress: { name: 'Carl', address: 'carl@elsewhere.test' } },
  toRecipients: [{ emailAddress: { name: 'Anna Weiß', address: 'anna@contoso.test' } }],
  internetMessageId: '<q1@elsewhere.test>',
  categories: ['Red'],
  importance: 'high',
  flag: { flagStatus: 'flagged' },
  receivedDateTime: '2019-02-03T04:05:06Z',
  sentDateTime: '2019-02-03T04:05:00Z',
}

const properties = (list: Record<string, string>): Pick<Message, 'singleValueExtendedProperties'> => ({
  singleValueExtendedProperties: Object.entries(list).map(([id, value]) => ({ id, value })),
})

const inFolders = async (cloud: Contoso, path = 'mailFolders'): Promise<MailFolder[]> =>
  (await cloud.client().api(box(path)).top(50).get()).value

describe('mail folders in the sandbox’s Graph', () => {
  it('lists mail folders by their localised names, without calendars and hidden ones', async () => {
    await using cloud = await contoso()
    const listed = (await inFolders(cloud)).map(({ displayName }) => displayName)
    assert.ok(listed.includes('Inbox') && listed.includes('Archive'))
    assert.ok(!listed.includes('Calendar') && !listed.includes('Contacts'))
    await cloud.client().api(box('mailFolders')).post({ displayName: 'Secret', isHidden: true })
    assert.ok(!(await inFolders(cloud)).some(({ displayName }) => displayName === 'Secret'))
    assert.ok((await inFolders(cloud, 'mailFolders?includeHiddenFolders=true')).some(({ displayName }) => displayName === 'Secret'))
  })

  it('knows folders by well-known name, and keeps their ids when they move', async () => {
    await using cloud = await contoso()
    const client = cloud.client()
    const made: MailFolder = await client.api(box('mailFolders/inbox/childFolders')).post({ displayName: 'Projects' })
    const inbox: MailFolder = await client.api(box('mailFolders/inbox')).get()
    assert.equal(made.parentFolderId, inbox.id)
    assert.equal(inbox.childFolderCount, 1)
    const moved: MailFolder = await client.api(box(`mailFolders/${made.id}/move`)).post({ destinationId: 'archive' })
    assert.equal(moved.id, made.id)
    const renamed: MailFolder = await client.api(box(`mailFolders/${made.id}`)).patch({ displayName: 'Done' })
    assert.equal(renamed.displayName, 'Done')
    await client.api(box(`mailFolders/${made.id}`)).delete()
    const bin: MailFolder = await client.api(box('mailFolders/deleteditems')).get()
    assert.equal(((await client.api(box(`mailFolders/${made.id}`)).get()) as MailFolder).parentFolderId, bin.id)
    await client.api(box(`mailFolders/${made.id}`)).delete()
    assert.equal(errorCode(await cloud.graph(`users/anna@contoso.test/mailFolders/${made.id}`)), 'ErrorItemNotFound')
  })

  it('refuses a name that is taken, deleting what every mailbox has, and ids that are none', async () => {
    await using cloud = await contoso()
    const folders = 'users/anna@contoso.test/mailFolders'
    assert.equal(errorCode(await cloud.graph(folders, { method: 'POST', body: { displayName: 'inbox' } })), 'ErrorFolderExists')
    assert.equal(errorCode(await cloud.graph(`${folders}/inbox`, { method: 'DELETE' })), 'ErrorDeleteDistinguishedFolder')
    assert.equal(errorCode(await cloud.graph(`${folders}/AAMkAGI2`)), 'ErrorInvalidIdMalformed')
  })
})

describe('messages in the sandbox’s Graph', () => {
  it('creates a draft from JSON, and ignores the dates it was given', async () => {
    await using cloud = await contoso()
    const made: Message = await cloud.client().api(box('mailFolders/inbox/messages')).post(asImported)
    assert.deepEqual([made.isDraft, made.isRead, made.importance, made.categories], [true, true, 'high', ['Red']])
    assert.equal(made.flag?.flagStatus, 'flagged')
    assert.ok(Date.parse(made.receivedDateTime ?? '') > Date.now() - 60_000)
    assert.ok(Date.parse(made.sentDateTime ?? '') > Date.now() - 60_000)
  })

  it('takes flags, dates and headers as MAPI properties, at creation', async () => {
    await using cloud = await contoso()
    const client = cloud.client()
    const marker = 'String {6F1C8A20-7C11-4C6E-9A3F-0E1F6A5B7C8D} Name Marker'
    const made: Message = await client.api(box('mailFolders/inbox/messages')).post({
      ...asImported,
      ...properties({
        'Integer 0x0E07': '0',
        'SystemTime 0x0E06': '2019-02-03T04:05:06Z',
        'SystemTime 0x0039': '2019-02-03T04:05:00Z',
        'String 0x007D': 'Received: by elsewhere\r\nX-Mailer: Pine\r\n',
        [marker]: 'abc',
      }),
    })
    assert.deepEqual([made.isDraft, made.isRead], [false, false])
    assert.deepEqual([made.receivedDateTime, made.sentDateTime], ['2019-02-03T04:05:06Z', '2019-02-03T04:05:00Z'])
    const expand = `singleValueExtendedProperties($filter=id eq '${marker}' or id eq 'Integer 0x0E07')`
    const read: Message = await client
      .api(box(`messages/${made.id}`))
      .select(['internetMessageHeaders', 'subject'])
      .expand(expand)
      .get()
    assert.deepEqual(read.singleValueExtendedProperties, [
      { id: 'String {6f1c8a20-7c11-4c6e-9a3f-0e1f6a5b7c8d} Name Marker', value: 'abc' },
      { id: 'Integer 0xe07', value: '0' },
    ])
    assert.deepEqual(read.internetMessageHeaders?.[1], { name: 'X-Mailer', value: 'Pine' })
    assert.equal(read.body, undefined)
    const patched: Message = await client.api(box(`messages/${made.id}`)).patch(properties({ 'Integer 0x0E07': '8' }))
    assert.equal(patched.isDraft, false)
    const found = await client
      .api(box('messages'))
      .filter(`singleValueExtendedProperties/any(ep: ep/id eq '${marker}' and ep/value eq 'abc')`)
      .get()
    assert.deepEqual(
      found.value.map(({ id }: Message) => id),
      [made.id],
    )
  })

  it('makes a draft of MIME, dated now, and gives MIME back', async () => {
    await using cloud = await contoso()
    const mime =
      'From: Carl <carl@elsewhere.test>\r\nTo: anna@contoso.test\r\nSubject: Old news\r\nDate: Mon, 6 Jan 2014 10:00:00 +0000\r\n\r\nHello\r\n'
    const post = (body: string) =>
      cloud.graph('users/anna@contoso.test/mailFolders/inbox/messages', { method: 'POST', headers: { 'content-type': 'text/plain' }, body })
    const made = await post(Buffer.from(mime).toString('base64'))
    assert.equal(made.status, 201)
    assert.equal(made.json['isDraft'], true)
    assert.ok(Date.parse(String(made.json['sentDateTime'])) > Date.now() - 60_000)
    const content = await cloud.graph(`users/anna@contoso.test/messages/${String(made.json['id'])}/$value`)
    assert.match(content.text, /^Subject: Old news\r$/m)
    assert.equal(errorCode(await post('this is not base64!')), 'ErrorMimeContentInvalidBase64String')
  })

  it('refuses headers of transport, properties it doesn’t know, and wrong types', async () => {
    await using cloud = await contoso()
    const post = async (body: object) => errorCode(await cloud.graph('users/anna@contoso.test/messages', { method: 'POST', body }))
    assert.equal(await post({ internetMessageHeaders: [{ name: 'Received', value: 'x' }] }), 'InvalidInternetMessageHeader')
    assert.equal(await post({ colour: 'red' }), 'RequestBodyRead')
    assert.equal(await post({ subject: 5 }), 'UnableToDeserializePostBody')
    assert.equal(await post(properties({ 'Integer 0x0E07': 'many' })), 'ErrorInvalidExtendedPropertyValue')
    assert.equal(await post(properties({ 'Whole 0x0E07': '1' })), 'ErrorInvalidExtendedProperty')
    const noType = await cloud.graph('users/anna@contoso.test/messages', {
      method: 'POST',
      headers: { 'content-type': 'text/html' },
      body: '{}',
    })
    assert.equal(noType.status, 415)
  })

  it('lists the newest first, ten at a time, and finds by date', async () => {
    await using cloud = await contoso()
    for (let day = 1; day <= 12; day++) arrive(cloud, cloud.anna, `Day ${day}`, Date.UTC(2026, 0, day))
    const client = cloud.client()
    const first = await client.api(box('mailFolders/inbox/messages')).select('subject').get()
    assert.deepEqual([first.value.length, first.value[0].subject, first.value[0].body], [10, 'Day 12', undefined])
    const rest = await client.api(first['@odata.nextLink']).get()
    assert.deepEqual(
      rest.value.map(({ subject }: Message) => subject),
      ['Day 2', 'Day 1'],
    )
    assert.equal(rest['@odata.nextLink'], undefined)
    const early = await client.api(box('messages')).filter('receivedDateTime lt 2026-01-03T00:00:00Z').orderby('receivedDateTime asc').get()
    assert.deepEqual(
      early.value.map(({ subject }: Message) => subject),
      ['Day 1', 'Day 2'],
    )
    const wrong = await cloud.graph('users/anna@contoso.test/messages?$filter=isRead eq false&$orderby=receivedDateTime')
    assert.equal(errorCode(wrong), 'InefficientFilter')
  })

  it('gives a moved message another id, but the same immutable one', async () => {
    await using cloud = await contoso()
    arrive(cloud, cloud.anna, 'Wanderer')
    const immutable = { prefer: 'IdType="ImmutableId"' }
    const messages = 'users/anna@contoso.test/messages'
    const ids = async (headers: Record<string, string> = {}) => {
      const { json } = await cloud.graph(messages, { headers })
      return (json['value'] as Message[]).map(({ id }) => id)
    }
    const [before] = await ids()
    const [lasting] = await ids(immutable)
    const moved = await cloud.graph(`${messages}/${before}/move`, { method: 'POST', body: { destinationId: 'archive' } })
    assert.equal(moved.status, 201)
    assert.notEqual(moved.json['id'], before)
    assert.deepEqual(await ids(immutable), [lasting])
    assert.equal((await cloud.graph(`${messages}/${lasting}`)).json['subject'], 'Wanderer')
    assert.equal(errorCode(await cloud.graph(`${messages}/${before}`)), 'ErrorItemNotFound')
    const copied = await cloud.graph(`${messages}/${lasting}/copy`, {
      method: 'POST',
      headers: immutable,
      body: { destinationId: 'inbox' },
    })
    assert.notEqual(copied.json['id'], lasting)
  })

  it('deletes to Deleted Items, then among the recoverable items, and changes only what may be', async () => {
    await using cloud = await contoso()
    arrive(cloud, cloud.anna, 'Unwanted')
    const headers = { prefer: 'IdType="ImmutableId"' }
    const messages = 'users/anna@contoso.test/messages'
    const [message] = (await cloud.graph(messages, { headers })).json['value'] as Message[]
    const one = `${messages}/${message?.id}`
    assert.equal((await cloud.graph(one, { method: 'PATCH', body: { isRead: true, categories: ['Blue'] } })).json['isRead'], true)
    assert.equal(errorCode(await cloud.graph(one, { method: 'PATCH', body: { subject: 'Wanted' } })), 'ErrorInvalidPropertySet')
    const stale = { 'if-match': String((message as Record<string, unknown>)['@odata.etag']) }
    assert.equal((await cloud.graph(one, { method: 'PATCH', headers: stale, body: { isRead: false } })).status, 412)
    const folderOf = () => [...mailboxFor(cloud, cloud.anna).items.values()][0]?.folder.distinguished
    for (const place of ['deleteditems', 'recoverableitemsdeletions']) {
      assert.equal((await cloud.graph(one, { method: 'DELETE' })).status, 204)
      assert.equal(folderOf(), place)
    }
    await cloud.graph(`${one}/permanentDelete`, { method: 'POST' })
    assert.equal(folderOf(), 'recoverableitemspurges')
  })
})
