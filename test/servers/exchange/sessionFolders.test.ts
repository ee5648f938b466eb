import assert from 'node:assert/strict'
import { MailferryError } from '../../../src/domain/errors.ts'
import { never } from '../imap/support.ts'
import { answered, done, foldersKnown, scriptedEws, scriptedSession, success } from './scriptedEws.ts'

describe('a mailbox on Exchange: folders', () => {
  const folder = (id: string, parent: string, name: string, more = '', kind = 'Folder') =>
    `<t:${kind}><t:FolderId Id="${id}"/><t:ParentFolderId Id="${parent}"/>${more.includes('FolderClass') ? '' : '<t:FolderClass>IPF.Note</t:FolderClass>'}${more.includes('FolderClass') ? more : ''}<t:DisplayName>${name}</t:DisplayName><t:TotalCount>3</t:TotalCount>${more.includes('FolderClass') ? '' : more}</t:${kind}>`
  const hidden =
    '<t:ExtendedProperty><t:ExtendedFieldURI PropertyTag="0x10f4" PropertyType="Boolean"/><t:Value>true</t:Value></t:ExtendedProperty>'
  const standard = foldersKnown([
    'root',
    'in',
    'sent',
    undefined,
    'bin',
    'junk',
    'cal',
    'con',
    'task',
    'note',
    'out',
    'sync',
    undefined,
    undefined,
    undefined,
  ])
  const tree = [
    folder('in', 'root', 'Posteingang'),
    folder('sub', 'in', 'A/B'),
    folder('sent', 'root', 'Gesendet'),
    folder('cal', 'root', 'Kalender', '<t:FolderClass>IPF.Appointment</t:FolderClass>', 'CalendarFolder'),
    folder('out', 'root', 'Postausgang'),
    folder('below', 'out', 'Below'),
    folder('hid', 'root', 'Quick Steps', hidden),
    folder('find', 'root', 'Unread', '', 'SearchFolder'),
  ]
  const found = (folders: readonly string[], attributes = 'IncludesLastItemInRange="true"') =>
    success('FindFolder', `<m:RootFolder ${attributes}><t:Folders>${folders.join('')}</t:Folders></m:RootFolder>`)

  it('takes no folder for a person’s because the server left it out of an answer: it is asked for again', async () => {
    const short = foldersKnown(['root', 'in', 'sent', undefined, 'bin', 'junk', 'cal', 'con', 'task', 'note'])
    const ews = scriptedEws({ GetFolder: [short, standard], FindFolder: [found(tree)] })
    const folders = await (await scriptedSession(ews)).folders()
    assert.ok(folders.every(({ path }) => path[0] !== 'Postausgang'))
  })

  it('lists people’s folders by role in any language, names with slashes as one', async () => {
    const ews = scriptedEws({
      GetFolder: [standard],
      FindFolder: [found(tree.slice(0, 3), 'IncludesLastItemInRange="false" IndexedPagingOffset="3"'), found(tree.slice(3))],
    })
    const folders = await (await scriptedSession(ews)).folders()
    assert.deepEqual(
      folders.map(({ path, role, containerClass, count }) => [path, role, containerClass, count]),
      [
        [['INBOX'], 'inbox', undefined, 3],
        [['INBOX', 'A/B'], undefined, undefined, 3],
        [['Gesendet'], 'sent', undefined, 3],
        [['Kalender'], 'calendar', 'IPF.Appointment', 3],
      ],
    )
    // Five minutes of clocks that differ are taken off the server's time.
    assert.equal(folders[0]?.next, Date.parse('2026-11-25T11:55:00Z'))
  })

  it('makes folders below their parents with their classes, and finds those that are there', async () => {
    const made = (...ids: string[]) =>
      answered(
        'CreateFolder',
        ids.map(id => done('CreateFolder', `<m:Folders><t:Folder><t:FolderId Id="${id}"/></t:Folder></m:Folders>`)),
      )
    const ews = scriptedEws({ GetFolder: [standard], FindFolder: [found(tree)], CreateFolder: [made('w', 'k'), made('x')] })
    const folders = await (await scriptedSession(ews)).ensureFolders(
      [
        { path: ['inbox', 'a/b'], subscribe: true },
        { path: ['Work', 'Deep'], subscribe: true },
        { path: ['Team'], containerClass: 'IPF.Appointment', subscribe: true },
        { path: ['x'.repeat(300)], subscribe: true },
      ],
      never,
    )
    assert.deepEqual(
      folders.map(one => (one instanceof MailferryError ? one.code : one.id)),
      ['sub', 'x', 'k', 'folder.refused'],
    )
    const creations = ews.asked.filter(({ operation }) => operation === 'CreateFolder').map(({ soap }) => soap)
    assert.equal(creations.length, 2)
    assert.match(
      creations[0] ?? '',
      /Id="root".*<t:FolderClass>IPF\.Note<\/t:FolderClass><t:DisplayName>Work<.*<t:CalendarFolder><t:DisplayName>Team</,
    )
    assert.match(creations[1] ?? '', /Id="w".*Deep/)
  })

  it('has an incarnation of its mailbox and its root folder', async () => {
    const ews = scriptedEws({ GetFolder: [standard], FindFolder: [found(tree)] })
    assert.equal(await (await scriptedSession(ews)).incarnation(), 'guid root')
  })
})
