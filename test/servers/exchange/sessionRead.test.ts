import assert from 'node:assert/strict'
import { never } from '../imap/support.ts'
import { answered, done, failed, inbox, scriptedEws, scriptedSession, success } from './scriptedEws.ts'
import { got, readAll, scanned } from './sessionAnswers.ts'

describe('a mailbox on Exchange: reading', () => {
  it('gives MIME with what it does not say, and tells what is gone, damaged or has none', async () => {
    const ews = scriptedEws({
      GetItem: [
        answered('GetItem', [
          got('a', { mime: 'Subject: a', extra: '<t:Importance>High</t:Importance>' }),
          failed('GetItem', 'ErrorItemNotFound'),
          failed('GetItem', 'ErrorItemCorrupt'),
          got('d', { itemClass: 'IPM.Appointment', kind: 'CalendarItem', mime: 'BEGIN:VCALENDAR' }),
        ]),
      ],
    })
    assert.deepEqual(await readAll(await scriptedSession(ews), ['a', 'b', 'c', 'd']), [
      'a Subject: a',
      'b gone',
      'c item.unreadable',
      'd item.notCarried',
    ])
    assert.equal(ews.asked.length, 1)
  })

  it('gives the opaque stream of any class', async () => {
    const ews = scriptedEws({ ExportItems: [answered('ExportItems', [done('ExportItems', '<m:ItemId Id="a"/><m:Data>AQID</m:Data>')])] })
    assert.deepEqual(await readAll(await scriptedSession(ews), ['a'], 'fts'), ['a \x01\x02\x03'])
  })

  it('asks again for what an answer left open, and only for that', async () => {
    const ews = scriptedEws({
      GetItem: [
        answered('GetItem', [got('a', { mime: 'A' }), failed('GetItem', 'ErrorServerBusy', 1), got('c', { mime: 'C' })]),
        answered('GetItem', [got('b', { mime: 'B' })]),
      ],
    })
    assert.deepEqual(await readAll(await scriptedSession(ews), ['a', 'b', 'c']), ['a A', 'b B', 'c C'])
    assert.doesNotMatch(ews.asked[1]?.soap ?? '', /Id="(a|c)"/)
  })

  it('asks for half where a request took too long', async () => {
    const one = (id: string) => got(id, { mime: id })
    const ews = scriptedEws({
      GetItem: [
        answered(
          'GetItem',
          ['a', 'b', 'c', 'd'].map(() => failed('GetItem', 'ErrorTimeoutExpired')),
        ),
        answered('GetItem', ['a', 'b'].map(one)),
        answered('GetItem', ['c', 'd'].map(one)),
      ],
    })
    assert.deepEqual(await readAll(await scriptedSession(ews), ['a', 'b', 'c', 'd']), ['a a', 'b b', 'c c', 'd d'])
    assert.deepEqual(
      ews.asked.map(({ soap }) => soap.match(/<t:ItemId /g)?.length),
      [4, 2, 2],
    )
  })

  it('takes an answer that breaks off up where it broke', async () => {
    const whole = answered('GetItem', [got('a', { mime: 'A' }), got('b', { mime: 'B'.repeat(300) })])
    const ews = scriptedEws({ GetItem: [whole.slice(0, -500), answered('GetItem', [got('b', { mime: 'B' })])] })
    assert.deepEqual(await readAll(await scriptedSession(ews), ['a', 'b']), ['a A', 'b B'])
  })

  const answerOfSize = (bytes: number, items: number): AsyncIterable<Buffer> =>
    (async function* () {
      const [start = '', end = ''] = answered('GetItem', [got('a', { mime: '' })]).split('<t:MimeContent>')
      yield Buffer.from(`${start}<t:MimeContent>`)
      const piece = Buffer.from(Buffer.alloc(48_000, 'x').toString('base64'))
      for (let sent = 0; sent < bytes; sent += 48_000) yield piece
      yield Buffer.from(end)
      assert.equal(items, 1)
    })()

  it('streams a large item of which only an approximate size is known, with its exact size', async () => {
    const size = 60_000_000
    const ews = scriptedEws({ GetItem: [answerOfSize(size, 1), answerOfSize(size, 1)] })
    const session = await scriptedSession(ews)
    const before = process.memoryUsage.rss()
    let bytes = 0
    const batch = { items: 10, bytes: 100_000, streamAbove: 50_000 }
    for await (const [one] of session.read(inbox, ['a'], { signal: never, format: 'rfc822', batch, sizeOf: () => 45_000_000 })) {
      assert.ok(one && 'content' in one && 'stream' in one.content)
      assert.equal(one.content.size, size)
      for await (const chunk of one.content.stream) bytes += chunk.length
    }
    assert.equal(bytes, size)
    assert.ok(process.memoryUsage.rss() - before < 150_000_000)
  })

  it('breaks a stream that turns out to have another length', async () => {
    const ews = scriptedEws({ GetItem: [answerOfSize(48_000_000, 1), answerOfSize(48_048_000, 1)] })
    await assert.rejects(readAll(await scriptedSession(ews), ['a'], 'rfc822', 45_000_000), { code: 'item.changed' })
  })

  it('gives an item no other outcome than that, where it alone makes the server fail', async () => {
    const ews = scriptedEws({
      GetItem: [answered('GetItem', [failed('GetItem', 'ErrorInternalServerError')])],
      GetFolder: [success('GetFolder', '<m:Folders><t:Folder><t:FolderId Id="root"/></t:Folder></m:Folders>')],
    })
    assert.deepEqual(await readAll(await scriptedSession(ews), ['a']), ['a item.unreadable'])
  })

  it('takes a sign-in page for what it is', async () => {
    const ews = scriptedEws({ SyncFolderItems: ['<!DOCTYPE html><html><body>Sign in</body></html>'] })
    await assert.rejects(scanned(await scriptedSession(ews)), { code: 'server.protocol' })
  })
})
