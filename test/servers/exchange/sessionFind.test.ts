import assert from 'node:assert/strict'
import { never } from '../imap/support.ts'
import { answered, failed, inbox, scriptedEws, scriptedSession, success } from './scriptedEws.ts'
import { got, item } from './sessionAnswers.ts'

describe('a mailbox on Exchange: finding and recognising', () => {
  const page = (items: string[], last = true) =>
    success(
      'FindItem',
      `<m:RootFolder IncludesLastItemInRange="${last}" TotalItemsInView="9"><t:Items>${items.join('')}</t:Items></m:RootFolder>`,
    )
  const marked = (id: string, marker: string) =>
    item(id).replace(
      '</t:Message>',
      `<t:ExtendedProperty><t:ExtendedFieldURI PropertySetId="B652D3D7-8E65-4DE2-AEB9-3219AFD232E4" PropertyName="MailferrySource" PropertyType="String"/><t:Value>${marker}</t:Value></t:ExtendedProperty></t:Message>`,
    )

  it('finds the newest first with their markers, and stops at what is older', async () => {
    const old = item('old').replace('2026-11-25T11:59:00Z', '2026-11-25T11:00:00Z')
    const ews = scriptedEws({ FindItem: [page([marked('a', 'abc'), item('b'), old], false)] })
    const found = []
    for await (const part of (await scriptedSession(ews)).find(inbox, Date.parse('2026-11-25T11:30:00Z'), never)) found.push(...part)
    assert.deepEqual(
      found.map(({ key, marker }) => [key, marker]),
      [
        ['a', 'abc'],
        ['b', undefined],
      ],
    )
    assert.equal(ews.asked.length, 1)
    assert.match(ews.asked[0]?.soap ?? '', /<t:FieldOrder Order="Descending"><t:FieldURI FieldURI="item:DateTimeCreated"\/>/)
    assert.doesNotMatch(ews.asked[0]?.soap ?? '', /Restriction/)
  })

  it('goes on through pages of any size that a policy makes them, and hides nothing that moved up meanwhile', async () => {
    const ids = Array.from({ length: 9 }, (_, index) => `i${index}`)
    const ews = scriptedEws({
      FindItem: [
        answered('FindItem', [failed('FindItem', 'ErrorExceededFindCountLimit')]),
        page(
          ids.slice(0, 4).map(id => item(id)),
          false,
        ),
        page(
          ids.slice(2, 6).map(id => item(id)),
          false,
        ),
        page(ids.slice(4).map(id => item(id))),
      ],
    })
    const found = []
    for await (const part of (await scriptedSession(ews)).find(inbox, undefined, never)) found.push(...part)
    assert.deepEqual(
      found.map(({ key }) => key),
      ids,
    )
    assert.deepEqual(
      ews.asked.map(({ soap }) => /MaxEntriesReturned="(\d+)" Offset="(\d+)"/.exec(soap)?.slice(1)),
      [
        ['1000', '0'],
        ['500', '0'],
        ['500', '2'],
        ['500', '4'],
      ],
    )
  })

  it('knows a mail by the headers it was received with, another by those of its MIME', async () => {
    const head = 'Received: from x\r\nMessage-ID: <1@a>\r\nDate: Thu, 29 Feb 2024 12:00:00 +0000\r\nSubject: Hi\r\n'
    const withHeaders = got('a').replace(
      '</t:Message>',
      `<t:ExtendedProperty><t:ExtendedFieldURI PropertyTag="0x7d" PropertyType="String"/><t:Value>${head.replace(/</g, '&lt;').replace(/>/g, '&gt;')}</t:Value></t:ExtendedProperty></t:Message>`,
    )
    const mime = `Message-ID: <1@a>\r\nDate: Thu, 29 Feb 2024 12:00:00 +0000\r\nSubject: Hi\r\n\r\nBody`
    const ews = scriptedEws({
      GetItem: [answered('GetItem', [withHeaders, got('b')]), answered('GetItem', [got('b', { mime })])],
    })
    const prints = await (await scriptedSession(ews)).fingerprints(inbox, ['a', 'b'], never)
    assert.equal(prints.size, 2)
    assert.deepEqual(prints.get('a'), prints.get('b'))
  })
})
