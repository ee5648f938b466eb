import assert from 'node:assert/strict'
import { answered, failed, fault, scriptedEws, scriptedSession } from './scriptedEws.ts'
import { got, item, scanned, synced, tagged } from './sessionAnswers.ts'

describe('a mailbox on Exchange: opening it', () => {
  it('acts as its owner by impersonation, or names the mailbox where the admin has full access to it', async () => {
    const folders = { GetFolder: [fault('ErrorAccessDenied')] }
    const [acting, delegate] = [scriptedEws(folders), scriptedEws(folders)]
    await assert.rejects((await scriptedSession(acting)).folders())
    await assert.rejects((await scriptedSession(delegate, { access: 'delegate' })).folders())
    assert.match(acting.asked[0]?.soap ?? '', /<t:ConnectingSID><t:SmtpAddress>ann@corp\.example<\/t:SmtpAddress>/)
    assert.doesNotMatch(delegate.asked[0]?.soap ?? '', /ExchangeImpersonation/)
    assert.match(delegate.asked[0]?.soap ?? '', /<t:DistinguishedFolderId Id="inbox"><t:Mailbox><t:EmailAddress>ann@corp\.example</)
  })

  for (const [version, schema, formats] of [
    ['8.3', 'Exchange2007_SP1', ['rfc822']],
    ['14.0', 'Exchange2010', ['rfc822']],
    ['14.3', 'Exchange2010_SP2', ['fts', 'rfc822']],
    ['15.2', 'Exchange2013', ['fts', 'rfc822']],
  ] as const) {
    it(`speaks ${schema} to a server of version ${version}, and ${formats.join(' and ')} with it`, async () => {
      const ews = scriptedEws({ SyncFolderItems: [synced('s', '')] }, version)
      const session = await scriptedSession(ews)
      await scanned(session)
      assert.match(ews.asked[0]?.soap ?? '', new RegExp(`Version="${schema}"`))
      assert.deepEqual(session.traits.formats, formats)
    })
  }
})

describe('a mailbox on Exchange: what changed in a folder', () => {
  it('lists all items in pages, and gives a checkpoint to go on from', async () => {
    const ews = scriptedEws({
      SyncFolderItems: [
        synced('one', `<t:Create>${item('a', { flags: 0 })}</t:Create>`, false),
        synced('two', `<t:Create>${item('b')}</t:Create>`),
      ],
    })
    const { parts, checkpoint } = await scanned(await scriptedSession(ews))
    assert.deepEqual(
      parts.flatMap(part => part.items),
      [
        { key: 'a', size: 1000, received: Date.parse('2026-01-02T03:04:05Z'), flags: [], version: 'a-1' },
        { key: 'b', size: 1000, received: Date.parse('2026-01-02T03:04:05Z'), flags: ['\\Seen'], version: 'b-1' },
      ],
    )
    assert.deepEqual(JSON.parse(checkpoint), { folder: 'inboxId', syncState: 'two' })
  })

  it('doesn’t go on for ever with a server that says there is more, and gives none', async () => {
    const SyncFolderItems = Array.from({ length: 100 }, (_, n) => synced(`state ${n}`, '', false))
    const ews = scriptedEws({ SyncFolderItems })
    await assert.rejects(scanned(await scriptedSession(ews)), { code: 'server.protocol' })
    assert.ok(ews.asked.length < 50, `${ews.asked.length} requests`)
  })

  it('tells flags in the terms of IMAP', async () => {
    const categories = '<t:Categories><t:String>Red</t:String><t:String>$Later</t:String></t:Categories>'
    const all = [
      item('a', { flags: 9, extra: categories }),
      item('b', { extra: '' }).replace('</t:Message>', `${tagged('0x1090', 2)}${tagged('0x1081', 103)}</t:Message>`),
      item('c').replace('</t:Message>', `${tagged('0x1090', 1)}${tagged('0x1081', 104)}</t:Message>`),
    ]
    const ews = scriptedEws({ SyncFolderItems: [synced('s', all.map(one => `<t:Create>${one}</t:Create>`).join(''))] })
    const { parts } = await scanned(await scriptedSession(ews))
    assert.deepEqual(
      parts.flatMap(part => part.items.map(({ flags }) => flags)),
      [
        ['$Later', 'Red', '\\Draft', '\\Seen'].sort(),
        ['\\Answered', '\\Flagged', '\\Seen'].sort(),
        ['$Completed', '$Forwarded', '\\Seen'].sort(),
      ],
    )
  })

  const since = { checkpoint: JSON.stringify({ folder: 'inboxId', syncState: 'old' }), known: ['a', 'b', 'c', 'd'] }

  it('tells new, reflagged, edited and vanished items apart', async () => {
    const changes = [
      `<t:Create>${item('e')}</t:Create>`,
      `<t:Update>${item('a')}</t:Update>`,
      `<t:Update>${item('b', { flags: 9 })}</t:Update>`,
      '<t:Delete><t:ItemId Id="c" ChangeKey="x"/></t:Delete>',
      '<t:ReadFlagChange><t:ItemId Id="d" ChangeKey="x"/><t:IsRead>false</t:IsRead></t:ReadFlagChange>',
    ]
    const ews = scriptedEws({
      SyncFolderItems: [synced('new', changes.join(''))],
      GetItem: [answered('GetItem', [got('d', { flags: 0 })])],
    })
    const { parts } = await scanned(await scriptedSession(ews), since)
    const [part] = parts
    assert.match(ews.asked[0]?.soap ?? '', /<m:SyncState>old<\/m:SyncState>/)
    assert.deepEqual(
      part?.items.map(({ key }) => key),
      ['e'],
    )
    assert.deepEqual(part?.flags, [
      { key: 'a', flags: ['\\Seen'], version: 'a-1' },
      { key: 'd', flags: [], version: 'd-1' },
    ])
    assert.deepEqual(
      part?.changed?.map(({ key }) => key),
      ['b'],
    )
    assert.deepEqual(part?.vanished, ['c'])
    assert.equal(part?.compared, undefined)
  })

  it('compares everything where Exchange lost the state, and says so', async () => {
    const ews = scriptedEws({
      SyncFolderItems: [
        answered('SyncFolderItems', [failed('SyncFolderItems', 'ErrorInvalidSyncStateData')]),
        synced('fresh', `<t:Create>${item('a')}</t:Create><t:Create>${item('z')}</t:Create>`),
      ],
    })
    const { parts, checkpoint } = await scanned(await scriptedSession(ews), since)
    assert.deepEqual(
      parts.flatMap(part => part.items.map(({ key }) => key)),
      ['z'],
    )
    assert.deepEqual(
      parts.flatMap(part => part.flags.map(({ key }) => key)),
      ['a'],
    )
    assert.deepEqual(
      parts.flatMap(part => part.vanished),
      ['b', 'c', 'd'],
    )
    assert.ok(parts.every(part => part.compared === true))
    assert.match(checkpoint, /fresh/)
  })

  it('tells that a folder is gone', async () => {
    const ews = scriptedEws({ SyncFolderItems: [answered('SyncFolderItems', [failed('SyncFolderItems', 'ErrorSyncFolderNotFound')])] })
    await assert.rejects(scanned(await scriptedSession(ews)), { code: 'folder.gone', params: { folder: 'INBOX' } })
  })
})
