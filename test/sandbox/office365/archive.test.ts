import assert from 'node:assert/strict'
import type { Mailbox } from '../../../src/sandbox/exchange/mailbox.ts'
import { giveArchive } from '../../../src/sandbox/exchange/organisation.ts'
import { expandArchive } from '../../../src/sandbox/office365/archives.ts'
import { folderAt, putMail } from '../../support/exchangeMailbox.ts'
import { type CloudReply, type Contoso, contoso, errorCode } from './support.ts'

const values = ({ json }: CloudReply): Record<string, unknown>[] => json['value'] as Record<string, unknown>[]

const beta = (cloud: Contoso, path: string, options = {}): Promise<CloudReply> => cloud.graph(`${cloud.graphUrl}/beta/${path}`, options)

async function archiveOfAnna(cloud: Contoso): Promise<{ readonly archive: Mailbox; readonly path: string }> {
  const archive = giveArchive(cloud.tenant.organisation, cloud.anna)
  const { json } = await beta(cloud, 'users/anna@contoso.test/settings/exchange')
  return { archive, path: `admin/exchange/mailboxes/${String(json['inPlaceArchiveMailboxId'])}` }
}

describe('archives in the sandbox’s Graph', () => {
  it('are told by the beta version alone', async () => {
    await using cloud = await contoso()
    const none = await beta(cloud, 'users/anna@contoso.test/settings/exchange')
    assert.equal(none.json['inPlaceArchiveMailboxId'], null)
    const { path } = await archiveOfAnna(cloud)
    assert.ok(!('inPlaceArchiveMailboxId' in (await cloud.graph('users/anna@contoso.test/settings/exchange')).json))
    assert.equal(errorCode(await cloud.graph(`${path}/folders`)), 'ErrorMailboxNotFound')
    assert.equal((await beta(cloud, `${path}/folders`)).status, 200)
  })

  it('know no folder by a name, and aren’t reached by the mail API', async () => {
    await using cloud = await contoso()
    const { archive, path } = await archiveOfAnna(cloud)
    folderAt(archive, ['Inbox'])
    const folders = values(await beta(cloud, `${path}/folders`))
    assert.deepEqual(
      folders.map(({ displayName, wellKnownName }) => [displayName, wellKnownName]),
      [
        ['Deleted Items', null],
        ['Inbox', null],
      ],
    )
    assert.equal((await beta(cloud, `${path}/folders/deleteditems`)).status, 400)
    assert.equal((await cloud.graph(`users/anna@contoso.test/mailFolders/${String(folders[0]?.['id'])}/messages`)).status, 404)
  })

  it('that grew send their clients on to the store that holds a folder, each operation in its own way', async () => {
    await using cloud = await contoso()
    const { archive, path } = await archiveOfAnna(cloud)
    const { store, folder } = expandArchive(cloud.tenant, archive, 'Grown')
    putMail(store, ['Grown'], { mime: 'Subject: Old\n\nText\n', received: 0 })
    assert.equal(folder.items.size, 1)
    const grown = values(await beta(cloud, `${path}/folders`)).find(({ displayName }) => displayName === 'Grown')
    const there = String(grown?.['parentMailboxUrl'])
    assert.ok(!there.endsWith(path))
    // `fetch` follows.
    assert.equal(values(await beta(cloud, `${path}/folders/${String(grown?.['id'])}/items`)).length, 1)
    const physical = there.slice(there.indexOf('admin/'))
    const [item] = values(await beta(cloud, `${physical}/folders/${String(grown?.['id'])}/items`))
    const [answer] = values(await beta(cloud, `${path}/exportItems`, { method: 'POST', body: { itemIds: [item?.['id']] } }))
    assert.equal((answer?.['error'] as { code?: string } | undefined)?.code, 'ErrorArchiveFolderMovedPermanently')
    const { json } = await beta(cloud, `${path}/createImportSession`, { method: 'POST' })
    const body = { FolderId: grown?.['id'], Mode: 'create', Data: 'AAAA' }
    assert.equal((await cloud.ask(String(json['importUrl']), { method: 'POST', body })).status, 409)
  })
})
