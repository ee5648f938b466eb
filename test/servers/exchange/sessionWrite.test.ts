import assert from 'node:assert/strict'
import { isError, MailferryError } from '../../../src/domain/errors.ts'
import type { OutgoingItem } from '../../../src/servers/mailServer.ts'
import { never } from '../imap/support.ts'
import { answered, done, failed, fault, inbox, scriptedEws, scriptedSession } from './scriptedEws.ts'
import { created, got, inTime, outgoing, uploaded } from './sessionAnswers.ts'

describe('a mailbox on Exchange: writing', () => {
  const soapOf = async (one: OutgoingItem): Promise<string> => {
    const ews = scriptedEws({ CreateItem: [answered('CreateItem', [created('n')])] })
    await (await scriptedSession(ews)).write(inbox, [one], inTime)
    return ews.asked[0]?.soap ?? ''
  }

  it('makes an item with everything that its bytes do not say', async () => {
    const soap = await soapOf(
      outgoing(
        'Subject: x',
        { flags: ['Red', '\\Answered', '\\Flagged', '\\Seen'] },
        {
          marker: 'abc',
          details: {
            itemClass: 'IPM.Note',
            sent: Date.parse('2024-02-29T11:00:00Z'),
            importance: 'high',
            followUp: { due: Date.parse('2024-03-01T00:00:00Z') },
          },
        },
      ),
    )
    assert.match(soap, /<t:MimeContent>U3ViamVjdDogeA==<\/t:MimeContent>/)
    assert.match(soap, /MessageDisposition="SaveOnly"/)
    assert.match(soap, /<t:Categories><t:String>Red<\/t:String><\/t:Categories><t:Importance>High<\/t:Importance>/)
    const values = Object.fromEntries(
      [...soap.matchAll(/Property(?:Tag|Id|Name)="([^"]+)"[^>]*\/><t:Value>([^<]*)</g)].map(([, name, value]) => [name, value]),
    )
    assert.deepEqual(
      { flags: values['0xe07'], received: values['0xe06'], sent: values['0x39'], flag: values['0x1090'], verb: values['0x1081'] },
      { flags: '1', received: '2024-02-29T12:00:00Z', sent: '2024-02-29T11:00:00Z', flag: '2', verb: '102' },
    )
    assert.equal(values['33029'], '2024-03-01T00:00:00Z')
    assert.equal(values['MailferrySource'], 'abc')
  })

  it('makes a draft only of a draft, and unread what is unread', async () => {
    const flagsOf = async (flags: string[]) => /"0xe07"[^>]*\/><t:Value>(\d+)</.exec(await soapOf(outgoing('x', { flags })))?.[1]
    assert.deepEqual(
      [await flagsOf([]), await flagsOf(['\\Seen']), await flagsOf(['\\Draft']), await flagsOf(['\\Draft', '\\Seen'])],
      ['0', '1', '8', '9'],
    )
  })

  it('names a form’s class, and leaves those to Exchange that it finds in the MIME', async () => {
    const classOf = async (itemClass: string) =>
      /<t:ItemClass>(.*?)</.exec(await soapOf(outgoing('x', {}, { details: { itemClass } })))?.[1]
    assert.deepEqual(
      [await classOf('IPM.Note.Leave'), await classOf('IPM.Note.SMIME.MultipartSigned'), await classOf('REPORT.IPM.Note.NDR')],
      ['IPM.Note.Leave', undefined, undefined],
    )
  })

  it('answers for each item: its key and version, the flags it took, or why not', async () => {
    const ews = scriptedEws({
      CreateItem: [
        answered('CreateItem', [
          created('n'),
          failed('CreateItem', 'ErrorMimeContentConversionFailed'),
          failed('CreateItem', 'ErrorMessageSizeExceeded'),
        ]),
      ],
    })
    const items = [outgoing('a', { flags: ['\\Answered', '$Forwarded', '\\Recent'] }), outgoing('b'), outgoing('ccc')]
    const results = await (await scriptedSession(ews)).write(inbox, items, inTime)
    assert.deepEqual(results[0], { state: 'written', key: 'n', version: 'n-1', flags: ['\\Answered'] })
    assert.deepEqual(
      results.slice(1).map(result => (result.state === 'refused' ? result.error.code : result.state)),
      ['item.rejected', 'item.tooLarge'],
    )
  })

  it('does not know what became of items whose answers are missing, and never sends them again', async () => {
    for (const lost of [
      answered('CreateItem', [created('n')]),
      answered('CreateItem', [created('n'), created('o')]).slice(0, -300),
      fault('ErrorTimeoutExpired'),
    ]) {
      const ews = scriptedEws({ CreateItem: [lost] })
      const results = await (await scriptedSession(ews)).write(inbox, [outgoing('a'), outgoing('b')], inTime)
      assert.equal(results[1]?.state, 'unknown')
      assert.equal(ews.asked.length, 1)
    }
  })

  it('waits and sends again what a busy server surely did not do', async () => {
    const told: (number | undefined)[] = []
    const ews = scriptedEws({
      CreateItem: [
        fault('ErrorServerBusy', 30),
        answered('CreateItem', [created('n'), failed('CreateItem', 'ErrorBatchProcessingStopped')]),
        answered('CreateItem', [created('o')]),
      ],
    })
    const session = await scriptedSession(ews, {}, { onBusy: ms => told.push(ms) })
    const began = performance.now()
    const results = await session.write(inbox, [outgoing('a'), outgoing('b')], inTime)
    assert.deepEqual(
      results.map(result => result.state === 'written' && result.key),
      ['n', 'o'],
    )
    assert.deepEqual(told, [30])
    assert.ok(performance.now() - began >= 29)
  })

  it('sends nothing after the deadline', async () => {
    const ews = scriptedEws({})
    const [result] = await (await scriptedSession(ews)).write(inbox, [outgoing('a')], { signal: never, deadline: () => 0 })
    assert.ok(result?.state === 'refused' && isError(result.error, 'lease.lost'))
    assert.equal(ews.asked.length, 0)
  })

  it('sends in halves what is too large for one request', async () => {
    const ews = scriptedEws({
      CreateItem: [
        new MailferryError('request.tooLarge', { host: 'h', size: 1 }),
        answered('CreateItem', [created('n')]),
        answered('CreateItem', [created('o')]),
      ],
    })
    const results = await (await scriptedSession(ews)).write(inbox, [outgoing('a'), outgoing('b')], inTime)
    assert.deepEqual(
      results.map(result => result.state === 'written' && result.key),
      ['n', 'o'],
    )
  })

  it('streams a large item into a request of known length, and refuses one whose source breaks off', async () => {
    const stream = async function* (pieces: number) {
      for (let piece = 0; piece < pieces; piece++) yield Buffer.alloc(1000, 'y')
    }
    const ews = scriptedEws({ CreateItem: [answered('CreateItem', [created('n')])] })
    const session = await scriptedSession(ews)
    const large = (pieces: number) => outgoing('', {}, { content: { size: 5000, stream: stream(pieces) } })
    assert.equal((await session.write(inbox, [large(5)], inTime))[0]?.state, 'written')
    const [cut] = await session.write(inbox, [large(4)], inTime)
    assert.ok(cut?.state === 'refused' && isError(cut.error, 'item.changed'))
  })

  it('uploads Exchange’s own stream with one request and no more', async () => {
    const ews = scriptedEws({ UploadItems: [answered('UploadItems', [uploaded('n'), uploaded('o')])] })
    const items = ['a', 'b'].map(body => outgoing(body, { flags: ['\\Seen'] }, { format: 'fts' }))
    const results = await (await scriptedSession(ews)).write(inbox, items, inTime)
    assert.deepEqual(results, [
      { state: 'written', key: 'n', version: 'n-1' },
      { state: 'written', key: 'o', version: 'o-1' },
    ])
    assert.deepEqual(
      ews.asked.map(({ operation }) => operation),
      ['UploadItems'],
    )
    assert.match(
      ews.asked[0]?.soap ?? '',
      /<t:Item CreateAction="CreateNew" IsAssociated="false"><t:ParentFolderId Id="inboxId"\/><t:Data>YQ==<\/t:Data>/,
    )
  })

  it('gives items that Exchange’s own stream was put into the flags that were recorded', async () => {
    const ews = scriptedEws({
      UploadItems: [answered('UploadItems', [uploaded('n'), uploaded('o')])],
      GetItem: [answered('GetItem', [got('n'), got('o', { flags: 0 })]), answered('GetItem', [got('o', { flags: 0 })])],
      UpdateItem: [
        answered('UpdateItem', [done('UpdateItem', '<m:Items><t:Message><t:ItemId Id="o" ChangeKey="o-2"/></t:Message></m:Items>')]),
      ],
    })
    const items = ['n', 'o'].map(key => ({ ...outgoing('a', { flags: ['\\Seen'] }, { format: 'fts' }), key }))
    const results = await (await scriptedSession(ews)).replace?.(inbox, items, inTime)
    assert.deepEqual(results, [
      { state: 'written', key: 'n', version: 'n-1' },
      { state: 'written', key: 'o', version: 'o-2' },
    ])
    assert.match(ews.asked.at(-1)?.soap ?? '', /SuppressReadReceipts="true".*<t:IsRead>true</)
  })
})
