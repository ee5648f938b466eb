import assert from 'node:assert/strict'
import { answered, done, failed, foldersKnown, inbox, scriptedEws, scriptedSession, success } from './scriptedEws.ts'
import { got, inTime } from './sessionAnswers.ts'

describe('a mailbox on Exchange: changing what is there', () => {
  const updated = answered('UpdateItem', [
    done('UpdateItem', '<m:Items><t:Message><t:ItemId Id="a" ChangeKey="a-2"/></t:Message></m:Items>'),
  ])

  it('sets only flags that differ, on items that are as expected, and tells nobody', async () => {
    const ews = scriptedEws({
      GetItem: [answered('GetItem', [got('a'), got('b'), failed('GetItem', 'ErrorItemNotFound')])],
      UpdateItem: [updated],
    })
    const set = await (await scriptedSession(ews)).setFlags(
      inbox,
      [
        { key: 'a', flags: ['Red', '\\Flagged'], expected: ['\\Seen'] },
        { key: 'b', flags: [], expected: ['\\Flagged'] },
        { key: 'c', flags: [] },
      ],
      inTime,
    )
    assert.deepEqual([...set], [['a', { version: 'a-2' }]])
    const soap = ews.asked[1]?.soap ?? ''
    assert.match(
      soap,
      /ConflictResolution="AlwaysOverwrite" MessageDisposition="SaveOnly" SendMeetingInvitationsOrCancellations="SendToNone" SuppressReadReceipts="true"/,
    )
    assert.match(soap, /<t:IsRead>false<.*<t:String>Red<.*"0x1090"/)
    assert.doesNotMatch(soap, /0x1081|Id="b"/)
  })

  const receipt =
    '<t:ExtendedProperty><t:ExtendedFieldURI PropertyTag="0x29" PropertyType="Boolean"/><t:Value>true</t:Value></t:ExtendedProperty>'
  const waiting = (id: string) => answered('GetItem', [got(id, { flags: 0 }).replace('</t:Message>', `${receipt}</t:Message>`)])

  it('takes back a read receipt first, where a server cannot be told to keep quiet', async () => {
    const ews = scriptedEws(
      { GetItem: [waiting('a')], CreateItem: [answered('CreateItem', [done('CreateItem', '<m:Items/>')])], UpdateItem: [updated] },
      '14.3',
    )
    await (await scriptedSession(ews)).setFlags(inbox, [{ key: 'a', flags: ['\\Seen'] }], inTime)
    assert.deepEqual(
      ews.asked.map(({ operation }) => operation),
      ['GetItem', 'CreateItem', 'UpdateItem'],
    )
    assert.match(ews.asked[1]?.soap ?? '', /<t:SuppressReadReceipt><t:ReferenceItemId Id="a" ChangeKey="a-1"\/>/)
    assert.doesNotMatch(ews.asked[2]?.soap ?? '', /SuppressReadReceipts/)
  })

  it('deletes recoverably and quietly, answering what is gone', async () => {
    const ews = scriptedEws({
      GetItem: [answered('GetItem', [got('a'), failed('GetItem', 'ErrorItemNotFound')])],
      GetFolder: [foldersKnown(['root', ...Array.from({ length: 14 }, () => undefined)])],
      FindFolder: [success('FindFolder', '<m:RootFolder IncludesLastItemInRange="true"><t:Folders/></m:RootFolder>')],
      DeleteItem: [answered('DeleteItem', [done('DeleteItem', '')])],
    })
    const removed = await (await scriptedSession(ews)).remove(inbox, ['a', 'b'], inTime)
    assert.deepEqual([...removed], ['a'])
    assert.match(
      ews.asked.at(-1)?.soap ?? '',
      /DeleteType="MoveToDeletedItems" SendMeetingCancellations="SendToNone" AffectedTaskOccurrences="AllOccurrences" SuppressReadReceipts="true"/,
    )
  })

  it('moves items and answers their new keys, without those that are gone', async () => {
    const moved = done('MoveItem', '<m:Items><t:Message><t:ItemId Id="x" ChangeKey="x-1"/></t:Message></m:Items>')
    const ews = scriptedEws({ MoveItem: [answered('MoveItem', [moved, failed('MoveItem', 'ErrorItemNotFound')])] })
    const result = await (await scriptedSession(ews)).move(inbox, ['a', 'b'], { ...inbox, id: 'other' }, inTime)
    assert.deepEqual([...result], [['a', { key: 'x', version: 'x-1' }]])
  })

  it('marks items with a property of its own', async () => {
    const ews = scriptedEws({ UpdateItem: [updated] })
    const stamped = await (await scriptedSession(ews)).stamp?.(inbox, [{ key: 'a', marker: 'abc' }], inTime)
    assert.deepEqual([...(stamped ?? [])], [['a', { version: 'a-2' }]])
    assert.match(ews.asked[0]?.soap ?? '', /PropertyName="MailferrySource".*<t:Value>abc</)
  })
})
