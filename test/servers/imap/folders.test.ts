import assert from 'node:assert/strict'
import type { ImapServer } from '../../../src/domain/connection.ts'
import { folderOf, type ListedFolder, listFolders } from '../../../src/servers/imap/folders.ts'
import { startDovecot } from '../../support/dovecot.ts'
import type { DovecotOptions } from '../../support/dovecotConfig.ts'
import { bare, courierLike, exchangeLike, gmailLike, type Personality } from '../../support/hostile/personality.ts'
import { startHostileImap } from '../../support/hostileImap.ts'
import { openRaw, seedMailbox } from '../../support/mailbox.ts'
import { enter, password } from './support.ts'

const at = ({ host, port }: { host: string; port: number }): ImapServer => ({ host, port, tls: 'none', allowPlaintext: true })

async function list(server: { host: string; port: number }): Promise<readonly ListedFolder[]> {
  const client = await enter(at(server), password('ann', 'secret'))
  try {
    return await listFolders(client)
  } finally {
    client.close()
  }
}

const paths = (folders: readonly ListedFolder[]): string[] => folders.map(({ path }) => path.join('/')).sort()
const roles = (folders: readonly ListedFolder[]): Record<string, string> =>
  Object.fromEntries(folders.flatMap(({ path, role }) => (role ? [[role, path.join('/')]] : [])))

describe('a mailbox’s folders on a real Dovecot', function () {
  this.timeout(20_000)
  const start = (options: DovecotOptions = {}) => startDovecot({ users: { ann: 'secret' }, ...options })
  const message = 'Subject: x\r\n\r\nx\r\n'

  it('come with their counts and versions, in the sign-in’s own words', async () => {
    await using dovecot = await start({ specialUse: true })
    await seedMailbox(dovecot, 'ann', [
      { path: ['Projekte', 'Größe & Co'], subscribed: true, messages: [{ body: message }, { body: message }] },
    ])
    const folders = await list(dovecot)
    assert.deepEqual(paths(folders), ['Archive', 'Drafts', 'INBOX', 'Junk', 'Projekte', 'Projekte/Größe & Co', 'Sent', 'Trash'])
    assert.deepEqual(roles(folders), { inbox: 'INBOX', sent: 'Sent', drafts: 'Drafts', deleted: 'Trash', junk: 'Junk', archive: 'Archive' })
    const [folder] = folders.filter(({ path }) => path.length === 2)
    assert(folder?.status)
    const { id, count, next, selectable, subscribed, validity, version } = folderOf(folder, folder.status)
    assert.deepEqual(
      { id, count, next, selectable, subscribed },
      { id: 'Projekte/Größe & Co', count: 2, next: 3, selectable: true, subscribed: true },
    )
    assert.match(validity, /^\d+$/)
    assert(version?.startsWith(`${validity}.`))
    const parent = folders.find(({ path }) => path.join() === 'Projekte')
    assert.deepEqual([parent?.selectable, parent?.subscribed, parent?.status], [false, false, undefined])
  })

  it('have another version after anything changed', async () => {
    await using dovecot = await start()
    await using raw = await openRaw(dovecot, 'ann')
    const versions: (string | undefined)[] = []
    const look = async () => {
      const [inbox] = await list(dovecot)
      assert(inbox?.status)
      versions.push(folderOf(inbox, inbox.status).version)
    }
    await look()
    await raw.command(['APPEND INBOX ', Buffer.from(message)])
    await look()
    await raw.command(['SELECT INBOX'])
    await raw.command(['STORE 1 +FLAGS (\\Seen)'])
    await look()
    await raw.command(['STORE 1 +FLAGS (\\Deleted)'])
    await raw.command(['EXPUNGE'])
    await look()
    assert.equal(new Set(versions).size, 4)
    await look()
    assert.equal(new Set(versions).size, 4)
  })

  it('have no version, and no counts yet, where extensions are missing', async () => {
    await using dovecot = await start({ capability: 'IMAP4rev1 NAMESPACE' })
    const [inbox] = await list(dovecot)
    assert(inbox)
    assert.equal(inbox.status, undefined)
    assert.equal(folderOf(inbox, { messages: 1, uidValidity: '1', uidNext: 2 }).version, undefined)
    assert.equal(folderOf(inbox, { messages: 1, uidValidity: '1', uidNext: 2, modseq: '0' }).version, undefined)
  })

  it('have paths without the namespace’s prefix', async () => {
    await using dovecot = await start({ separator: '.', namespacePrefix: 'INBOX.' })
    await seedMailbox(dovecot, 'ann', [{ path: ['Sent'] }, { path: ['A', 'B'] }, { path: ['INBOX', 'Work'] }], {
      separator: '.',
      namespacePrefix: 'INBOX.',
    })
    const folders = await list(dovecot)
    assert.deepEqual(paths(folders.filter(({ selectable }) => selectable)), ['A/B', 'INBOX', 'INBOX/Work', 'Sent'])
    assert.equal(roles(folders)['sent'], 'Sent')
  })

  it('are one’s own, not those that others share', async () => {
    const extraConfig = `namespace shared {\n  type = shared\n  separator = /\n  prefix = shared/%%u/\n  location = maildir:/nowhere/%%u\n  list = yes\n}
namespace public {\n  type = public\n  separator = /\n  prefix = Public/\n  location = maildir:~/public:LAYOUT=fs\n  subscriptions = no\n}\n`
    await using dovecot = await start({ extraConfig })
    await using raw = await openRaw(dovecot, 'ann')
    await raw.command(['CREATE Public/Notices'])
    await raw.command(['CREATE Own'])
    assert.deepEqual(paths(await list(dovecot)), ['INBOX', 'Own'])
  })
})

describe('roles', () => {
  const rolesOf = async (personality: Personality, names: readonly string[][] = []) => {
    await using hostile = await startHostileImap({ users: { ann: 'secret' }, personality })
    hostile.seed(
      'ann',
      names.map(path => ({ path })),
    )
    return roles(await list(hostile))
  }

  it('are told by name in many languages', async () => {
    assert.deepEqual(await rolesOf(bare, [['Gesendete Elemente'], ['Papierkorb'], ['Entwürfe'], ['Spam']]), {
      inbox: 'INBOX',
      sent: 'Gesendete Elemente',
      deleted: 'Papierkorb',
      drafts: 'Entwürfe',
      junk: 'Spam',
    })
    assert.deepEqual(await rolesOf(bare, [['送信済みアイテム'], ['Corbeille'], ['Черновики']]), {
      inbox: 'INBOX',
      sent: '送信済みアイテム',
      deleted: 'Corbeille',
      drafts: 'Черновики',
    })
  })

  it('belong to one folder each, the nearest to the root', async () => {
    assert.deepEqual(await rolesOf(bare, [['Projects', 'Sent'], ['Sent']]), { inbox: 'INBOX', sent: 'Sent' })
    assert.deepEqual(
      await rolesOf(bare, [
        ['Projects', 'Sent'],
        ['INBOX', 'Drafts'],
      ]),
      { inbox: 'INBOX', drafts: 'INBOX/Drafts' },
    )
  })

  it('are what the server says, as Gmail does', async () => {
    assert.deepEqual(await rolesOf(gmailLike), {
      inbox: 'INBOX',
      drafts: '[Gmail]/Drafts',
      junk: '[Gmail]/Spam',
      sent: '[Gmail]/Sent Mail',
      deleted: '[Gmail]/Trash',
    })
  })

  it('are found on Exchange and Courier, which say nothing', async () => {
    assert.deepEqual(await rolesOf(exchangeLike), {
      inbox: 'INBOX',
      drafts: 'Drafts',
      junk: 'Junk Email',
      sent: 'Sent Items',
      deleted: 'Deleted Items',
    })
    assert.deepEqual(await rolesOf(courierLike), { inbox: 'INBOX', drafts: 'Drafts', sent: 'Sent', deleted: 'Trash' })
  })
})
