import assert from 'node:assert/strict'
import { keys, textOf } from '../../../src/sandbox/exchange/properties.ts'
import { arrive, type CloudReply, type Contoso, contoso, errorCode, mailboxFor } from './support.ts'

const mailboxPath = async (cloud: Contoso, user = 'anna@contoso.test'): Promise<string> =>
  `admin/exchange/mailboxes/${String((await cloud.graph(`users/${user}/settings/exchange`)).json['primaryMailboxId'])}`

const values = ({ json }: CloudReply): Record<string, unknown>[] => json['value'] as Record<string, unknown>[]

async function exported(cloud: Contoso): Promise<string> {
  arrive(cloud, cloud.anna, 'Whole and sound')
  const path = await mailboxPath(cloud)
  const [item] = values(await cloud.graph(`${path}/folders/inbox/items`))
  const [answer] = values(await cloud.graph(`${path}/exportItems`, { method: 'POST', body: { itemIds: [item?.['id']] } }))
  return String(answer?.['data'])
}

describe('mailbox import and export in the sandbox’s Graph', () => {
  it('carries an item whole from one mailbox to another by a URL of its own', async () => {
    await using cloud = await contoso()
    const Data = await exported(cloud)
    const path = await mailboxPath(cloud, 'ben@contoso.test')
    const inbox = values(await cloud.graph(`${path}/folders`)).find(({ wellKnownName }) => wellKnownName === 'inbox')
    const { json } = await cloud.graph(`${path}/createImportSession`, { method: 'POST' })
    const url = String(json['importUrl'])
    assert.ok(url.startsWith(cloud.outlookUrl))
    const create = { FolderId: inbox?.['id'], Mode: 'create', Data }
    const made = await cloud.ask(url, { method: 'POST', body: create })
    assert.equal(made.status, 200)
    const { itemId, changeKey } = made.json
    const [stored] = [...mailboxFor(cloud, cloud.ben).items.values()]
    assert.equal(textOf(stored?.properties ?? new Map(), keys.subject), 'Whole and sound')
    const updated = await cloud.ask(url, { method: 'POST', body: { ...create, Mode: 'update', ItemId: itemId, ChangeKey: changeKey } })
    assert.equal(updated.json['itemId'], itemId)
    const again = await cloud.ask(url, { method: 'POST', body: { ...create, Mode: 'update', ItemId: itemId, ChangeKey: changeKey } })
    assert.equal(errorCode(again), 'ErrorIrresolvableConflict')
    assert.equal((await cloud.ask(url, { method: 'POST', body: { ...create, ItemId: itemId } })).status, 400)
  })

  it('refuses an import URL that expired, was changed, or comes with a token of the caller’s own', async () => {
    let ahead = 0
    await using cloud = await contoso({ now: () => Date.now() + ahead })
    const Data = await exported(cloud)
    const { json } = await cloud.graph(`${await mailboxPath(cloud)}/createImportSession`, { method: 'POST' })
    const url = String(json['importUrl'])
    const post = async (to: string, headers: Record<string, string> = {}) =>
      (await cloud.ask(to, { method: 'POST', headers, body: { FolderId: 'inbox', Mode: 'create', Data } })).status
    assert.equal(await post(url, { authorization: `Bearer ${await cloud.appToken()}` }), 401)
    assert.equal(await post(`${url}x`), 401)
    assert.equal(await post(url), 200)
    ahead = Date.parse(String(json['expirationDateTime'])) - Date.now() + 1000
    assert.equal(await post(url), 401)
  })

  it('exports 20 items at most, and answers for each', async () => {
    await using cloud = await contoso()
    await exported(cloud)
    const path = await mailboxPath(cloud)
    const [item] = values(await cloud.graph(`${path}/folders/inbox/items`))
    const post = (itemIds: unknown[]) => cloud.graph(`${path}/exportItems`, { method: 'POST', body: { itemIds } })
    assert.equal((await post(Array.from({ length: 21 }, () => item?.['id']))).status, 400)
    const [good, bad] = values(await post([item?.['id'], 'nonsense']))
    assert.ok(good?.['data'])
    assert.equal(Object(bad?.['error']).code, 'ErrorInvalidIdMalformed')
    const damaged = await cloud.graph(`${path}/createImportSession`, { method: 'POST' })
    const Data = Buffer.from('not a stream').toString('base64')
    const body = { FolderId: 'inbox', Mode: 'create', Data }
    assert.equal(errorCode(await cloud.ask(String(damaged.json['importUrl']), { method: 'POST', body })), 'ErrorCorruptData')
  })

  it('reaches all classes of folders, and is told apart by permission', async () => {
    await using cloud = await contoso()
    const path = await mailboxPath(cloud)
    const filter = encodeURIComponent("type eq 'IPF.Appointment'")
    assert.deepEqual(
      values(await cloud.graph(`${path}/folders?$filter=${filter}`)).map(({ wellKnownName }) => wellKnownName),
      ['calendar'],
    )
    cloud.app.principal.roleAssignments.length = 0
    assert.equal(errorCode(await cloud.graph(`${path}/exportItems`, { method: 'POST', body: { itemIds: ['x'] } })), 'ErrorAccessDenied')
  })
})

describe('what lies in a mailbox, by the import and export API', () => {
  it('is filtered by its own properties, and folders show the MAPI properties they are asked for', async () => {
    await using cloud = await contoso()
    arrive(cloud, cloud.anna, 'Early', Date.UTC(2020, 0, 1))
    arrive(cloud, cloud.anna, 'Late', Date.UTC(2026, 0, 1))
    const items = `${await mailboxPath(cloud)}/folders/inbox/items`
    const late = values(await cloud.graph(`${items}?$filter=createdDateTime ge 2025-01-01T00:00:00Z`))
    assert.deepEqual(
      late.map(one => one['createdDateTime']),
      ['2026-01-01T00:00:00Z'],
    )
    assert.equal(errorCode(await cloud.graph(`${items}?$filter=receivedDateTime ge 2025-01-01T00:00:00Z`)), 'BadRequest')
    await cloud.graph('users/anna@contoso.test/mailFolders', { method: 'POST', body: { displayName: 'Cellar', isHidden: true } })
    const expand = "singleValueExtendedProperties($filter=id eq 'Boolean 0x10F4' or id eq 'Integer 0x3601')"
    const folders = values(
      await cloud.graph(`${await mailboxPath(cloud)}/folders?$top=100&$select=displayName&$expand=${encodeURIComponent(expand)}`),
    )
    assert.deepEqual(folders.find(({ displayName }) => displayName === 'Cellar')?.['singleValueExtendedProperties'], [
      { id: 'Boolean 0x10f4', value: 'true' },
      { id: 'Integer 0x3601', value: '1' },
    ])
  })
})

describe('attachments in the sandbox’s Graph', () => {
  const messages = 'users/anna@contoso.test/messages'
  const draft = async (cloud: Contoso): Promise<string> =>
    `${messages}/${String((await cloud.graph(messages, { method: 'POST', body: { subject: 'Files' } })).json['id'])}`

  it('takes small files and messages at once, in the message or after it', async () => {
    await using cloud = await contoso()
    const contentBytes = Buffer.from('hello').toString('base64')
    const small = { '@odata.type': '#microsoft.graph.fileAttachment', name: 'a.txt', contentType: 'text/plain', contentBytes }
    const item = { '@odata.type': '#microsoft.graph.itemAttachment', name: 'Inner', item: { subject: 'Inner', body: { content: 'deep' } } }
    const { json } = await cloud.graph(messages, { method: 'POST', body: { subject: 'Two', attachments: [small, item] } })
    const path = `${messages}/${String(json['id'])}/attachments`
    const [file, message] = values(await cloud.graph(path))
    assert.deepEqual([file?.['contentBytes'], file?.['size']], [contentBytes, 5])
    assert.match((await cloud.graph(`${path}/${String(message?.['id'])}/$value`)).text, /^Subject: Inner\r$/m)
    assert.equal((await cloud.graph(path, { method: 'POST', body: { ...small, name: 'b.txt' } })).status, 201)
    assert.equal((await cloud.graph(`${path}/${String(file?.['id'])}`, { method: 'DELETE' })).status, 204)
    assert.deepEqual(
      values(await cloud.graph(path)).map(({ name }) => name),
      ['Inner', 'b.txt'],
    )
    assert.match((await cloud.graph(`${messages}/${String(json['id'])}/$value`)).text, /filename="b\.txt"/)
  })

  it('takes large ones in ranges, in order, by a URL of their own', async () => {
    await using cloud = await contoso()
    const path = await draft(cloud)
    const size = 4 * 1024 * 1024
    const open = (AttachmentItem: object) =>
      cloud.graph(`${path}/attachments/createUploadSession`, { method: 'POST', body: { AttachmentItem } })
    const named = { attachmentType: 'file', name: 'large.bin' }
    assert.equal(errorCode(await open({ ...named, size: 1000 })), 'ErrorAttachmentSizeShouldNotBeLessThanMinimumSize')
    assert.equal(errorCode(await open({ ...named, size: 151 * 1024 * 1024 })), 'ErrorAttachmentSizeLimitExceeded')
    const url = String((await open({ ...named, size })).json['uploadUrl'])
    const half = Buffer.alloc(size / 2, 7)
    const put = (from: number) =>
      cloud.ask(url, { method: 'PUT', headers: { 'content-range': `bytes ${from}-${from + half.length - 1}/${size}` }, body: half })
    assert.equal((await put(half.length)).status, 416)
    assert.deepEqual((await put(0)).json['nextExpectedRanges'], [`${half.length}-`])
    assert.equal((await put(half.length)).status, 201)
    assert.deepEqual(
      values(await cloud.graph(`${path}/attachments?$select=name,size`)).map(one => one['size']),
      [size],
    )
    assert.equal((await put(0)).status, 404)
  })

  it('refuses more than 3 MB at once, and requests over 4 MB', async () => {
    await using cloud = await contoso()
    const path = await draft(cloud)
    const file = (bytes: number) => ({
      '@odata.type': '#microsoft.graph.fileAttachment',
      name: 'x',
      contentBytes: Buffer.alloc(bytes).toString('base64'),
    })
    const status = async (bytes: number) => (await cloud.graph(`${path}/attachments`, { method: 'POST', body: file(bytes) })).status
    assert.deepEqual([await status(2_900_000), await status(3_200_000)], [201, 413])
  })
})
