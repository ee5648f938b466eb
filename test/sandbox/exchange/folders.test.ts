import assert from 'node:assert/strict'
import { all, ask, createCompany, distinguishedXml, first, idXml, textsOf } from '../../support/ews.ts'
import { folderShape, getFolder, tag } from '../../support/ewsRequests.ts'

const findFolder = (parent: string, traversal = 'Shallow'): string =>
  `<m:FindFolder Traversal="${traversal}">${folderShape('Default')}<m:ParentFolderIds>${distinguishedXml(parent)}</m:ParentFolderIds></m:FindFolder>`

const createFolder = (parent: string, ...folders: string[]): string =>
  `<m:CreateFolder><m:ParentFolderId>${parent}</m:ParentFolderId><m:Folders>${folders.join('')}</m:Folders></m:CreateFolder>`

const syncHierarchy = (state?: string): string =>
  `<m:SyncFolderHierarchy>${folderShape('IdOnly', '<t:FieldURI FieldURI="folder:DisplayName"/>')}${state ? `<m:SyncState>${state}</m:SyncState>` : ''}</m:SyncFolderHierarchy>`

describe('folders by EWS', () => {
  it("are named in the mailbox's language and found by their distinguished ids", async () => {
    const company = createCompany({ mailbox: { language: 'de' } })
    const { body, codes } = await ask(
      company,
      getFolder(['inbox', 'calendar', 'msgfolderroot', 'recoverableitemsdeletions'].map(id => distinguishedXml(id)).join('')),
    )
    assert.deepEqual(codes, ['NoError', 'NoError', 'NoError', 'NoError'])
    assert.deepEqual(textsOf(body, 'DisplayName'), ['Posteingang', 'Kalender', 'Oberste Ebene des Informationsspeichers', 'Deletions'])
    assert.deepEqual(textsOf(body, 'FolderClass'), ['IPF.Note', 'IPF.Appointment', 'IPF.Note'])
    assert.equal(all(body, 'CalendarFolder').length, 1)
  })

  it('are listed one level deep or all the way down', async () => {
    const company = createCompany()
    const parent = idXml(first((await ask(company, getFolder(distinguishedXml('inbox')))).body, 'FolderId'), 't:FolderId')
    await ask(company, createFolder(parent, '<t:Folder><t:DisplayName>Projects</t:DisplayName></t:Folder>'))
    assert.deepEqual(textsOf((await ask(company, findFolder('inbox'))).body, 'DisplayName'), ['Projects'])
    const deep = textsOf((await ask(company, findFolder('msgfolderroot', 'Deep'))).body, 'DisplayName')
    assert.ok(deep.includes('Projects') && deep.includes('Calendar'))
    assert.ok(!textsOf((await ask(company, findFolder('msgfolderroot'))).body, 'DisplayName').includes('Projects'))
  })

  it('say whether others lie in them, and which number an item would have next', async () => {
    const company = createCompany()
    const asked = async () => {
      const paths = tag('0x360A', 'Boolean') + tag('0x6751', 'Integer')
      return textsOf((await ask(company, getFolder(distinguishedXml('inbox'), 'IdOnly', paths))).body, 'Value')
    }
    const [below, next] = await asked()
    assert.equal(below, 'false')
    await ask(company, createFolder(distinguishedXml('inbox'), '<t:Folder><t:DisplayName>Projects</t:DisplayName></t:Folder>'))
    assert.deepEqual(await asked(), ['true', String(Number(next) + 1)])
  })

  it('are renamed, whatever else a client would have of their permissions', async () => {
    const company = createCompany()
    const made = await ask(company, createFolder(distinguishedXml('inbox'), '<t:Folder><t:DisplayName>One</t:DisplayName></t:Folder>'))
    const set =
      '<t:SetFolderField><t:FieldURI FieldURI="folder:DisplayName"/><t:Folder><t:DisplayName>Two</t:DisplayName></t:Folder></t:SetFolderField>'
    const clear = '<t:DeleteFolderField><t:FieldURI FieldURI="folder:PermissionSet"/></t:DeleteFolderField>'
    const id = idXml(first(made.body, 'FolderId'), 't:FolderId')
    const change = `<m:UpdateFolder><m:FolderChanges><t:FolderChange>${id}<t:Updates>${set}${clear}</t:Updates></t:FolderChange></m:FolderChanges></m:UpdateFolder>`
    assert.deepEqual((await ask(company, change)).codes, ['NoError'])
    assert.deepEqual(textsOf((await ask(company, findFolder('inbox'))).body, 'DisplayName'), ['Two'])
  })

  it('are created with their class, one by one, and not twice under one name', async () => {
    const company = createCompany()
    const { codes } = await ask(
      company,
      createFolder(
        distinguishedXml('msgfolderroot'),
        '<t:CalendarFolder><t:DisplayName>Holidays</t:DisplayName></t:CalendarFolder>',
        '<t:Folder><t:DisplayName>holidays</t:DisplayName></t:Folder>',
        '<t:Folder><t:FolderClass>IPF.StickyNote</t:FolderClass><t:DisplayName>Stickies</t:DisplayName></t:Folder>',
      ),
    )
    assert.deepEqual(codes, ['NoError', 'ErrorFolderExists', 'NoError'])
    const { body } = await ask(company, findFolder('msgfolderroot'))
    assert.deepEqual(
      all(body, 'CalendarFolder').flatMap(one => textsOf(one, 'DisplayName')),
      ['Calendar', 'Holidays'],
    )
  })

  it('sync as created, renamed, moved and deleted', async () => {
    const company = createCompany()
    const initial = await ask(company, syncHierarchy())
    assert.equal(all(initial.body, 'Create').length, 11)
    const state = first(initial.body, 'SyncState').text
    assert.equal(all((await ask(company, syncHierarchy(state))).body, name => ['Create', 'Update', 'Delete'].includes(name)).length, 0)

    const made = await ask(
      company,
      createFolder(
        distinguishedXml('inbox'),
        '<t:Folder><t:DisplayName>A</t:DisplayName></t:Folder>',
        '<t:Folder><t:DisplayName>B</t:DisplayName></t:Folder>',
      ),
    )
    const [a, b] = all(made.body, 'FolderId')
    assert.ok(a && b)
    const second = await ask(company, syncHierarchy(state))
    assert.deepEqual(
      all(second.body, 'Create').flatMap(one => textsOf(one, 'DisplayName')),
      ['A', 'B'],
    )

    await ask(
      company,
      `<m:UpdateFolder><m:FolderChanges><t:FolderChange>${idXml(a, 't:FolderId')}<t:Updates><t:SetFolderField><t:FieldURI FieldURI="folder:DisplayName"/><t:Folder><t:DisplayName>Alpha</t:DisplayName></t:Folder></t:SetFolderField></t:Updates></t:FolderChange></m:FolderChanges></m:UpdateFolder>`,
    )
    await ask(
      company,
      `<m:DeleteFolder DeleteType="HardDelete"><m:FolderIds>${idXml(b, 't:FolderId', false)}</m:FolderIds></m:DeleteFolder>`,
    )
    const third = await ask(company, syncHierarchy(first(second.body, 'SyncState').text))
    assert.deepEqual(
      all(third.body, 'Update').flatMap(one => textsOf(one, 'DisplayName')),
      ['Alpha'],
    )
    assert.deepEqual(
      all(third.body, 'Delete').map(one => first(one, 'FolderId').attributes['Id']),
      [b.attributes['Id']],
    )
  })

  it('that are distinguished are neither moved nor deleted nor renamed', async () => {
    const company = createCompany()
    const ids = `<m:FolderIds>${distinguishedXml('inbox')}</m:FolderIds>`
    assert.deepEqual((await ask(company, `<m:DeleteFolder DeleteType="SoftDelete">${ids}</m:DeleteFolder>`)).codes, [
      'ErrorDeleteDistinguishedFolder',
    ])
    assert.deepEqual(
      (await ask(company, `<m:MoveFolder><m:ToFolderId>${distinguishedXml('drafts')}</m:ToFolderId>${ids}</m:MoveFolder>`)).codes,
      ['ErrorMoveDistinguishedFolder'],
    )
  })

  it('of an archive that is not there are not found', async () => {
    assert.deepEqual((await ask(createCompany(), getFolder(distinguishedXml('archivemsgfolderroot')))).codes, ['ErrorFolderNotFound'])
  })

  it('refuse a sync state that is damaged, made for another mailbox, or of an organisation elsewhere', async () => {
    const company = createCompany()
    const state = first((await ask(company, syncHierarchy())).body, 'SyncState').text
    const others = [
      await ask(company, syncHierarchy(`${state.slice(0, 20)}${state[20] === 'A' ? 'B' : 'A'}${state.slice(21)}`)),
      await ask(company, syncHierarchy(state), { as: company.bernd }),
      await ask(createCompany(), syncHierarchy(state)),
    ]
    for (const { codes } of others) assert.deepEqual(codes, ['ErrorInvalidSyncStateData'])
  })
})
