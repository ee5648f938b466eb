import assert from 'node:assert/strict'
import { createGathering } from '../../../src/servers/exchange/session/gathering.ts'
import { never } from '../imap/support.ts'
import { answered, failed, fault, inbox, scriptedEws, scriptedSession } from './scriptedEws.ts'
import { inTime, outgoing, uploaded } from './sessionAnswers.ts'

describe('what goes together to Exchange', () => {
  const gathered = (moment = 1) => {
    const gone: string[] = []
    const gather = createGathering<{ readonly items: number; readonly bytes: number; readonly name: string }>(
      { items: 10, bytes: 1000, moment },
      async parts => void gone.push(parts.map(({ name }) => name).join('+')),
    )
    return { gone, add: (name: string, items: number, bytes = 1) => gather({ name, items, bytes }) }
  }

  it('is what comes within a moment of each other and fits', async () => {
    const { gone, add } = gathered()
    await Promise.all([add('a', 3), add('b', 3), add('c', 4)])
    await add('d', 1)
    assert.deepEqual(gone, ['a+b+c', 'd'])
  })

  it('goes at once when nothing more fits, by items or by bytes', async () => {
    const { gone, add } = gathered()
    await Promise.all([add('a', 4), add('b', 4), add('c', 4), add('d', 1, 500), add('e', 1, 500)])
    assert.deepEqual(gone, ['a+b', 'c+d', 'e'])
  })

  it('is not what fills a request by itself', async () => {
    const { gone, add } = gathered(60_000)
    await Promise.all([add('a', 6), add('b', 1, 501)])
    assert.deepEqual(gone, ['a', 'b'])
  })

  it('fails for all that went', async () => {
    const gather = createGathering<{ readonly items: number; readonly bytes: number }>({ items: 10, bytes: 10, moment: 1 }, async () => {
      throw new Error('no')
    })
    const part = { items: 1, bytes: 1 }
    assert.deepEqual(
      (await Promise.allSettled([gather(part), gather(part)])).map(({ status }) => status),
      ['rejected', 'rejected'],
    )
  })
})

describe('a mailbox on Exchange: several folders at once', () => {
  const other = { ...inbox, id: 'otherId', path: ['Other'] }
  const exported = (text: string) =>
    `<m:ExportItemsResponseMessage ResponseClass="Success"><m:ResponseCode>NoError</m:ResponseCode><m:ItemId Id="x"/><m:Data>${Buffer.from(text).toString('base64')}</m:Data></m:ExportItemsResponseMessage>`

  it('reads their few items with one request, each folder its own', async () => {
    const gone = failed('ExportItems', 'ErrorItemNotFound')
    const ews = scriptedEws({ ExportItems: [answered('ExportItems', [exported('one'), gone, exported('three')])] })
    const session = await scriptedSession(ews)
    const readAll = async (folder: typeof inbox, keys: string[]) => {
      const read: string[] = []
      const options = { signal: never, format: 'fts', batch: { items: 100, bytes: 1e6, streamAbove: 1e6 }, sizeOf: () => 10 } as const
      for await (const items of session.read(folder, keys, options))
        for (const item of items)
          read.push(`${item.key} ${'content' in item && 'chunks' in item.content ? Buffer.concat(item.content.chunks) : Object.keys(item)}`)
      return read
    }
    assert.deepEqual(await Promise.all([readAll(inbox, ['a', 'b']), readAll(other, ['c'])]), [['a one', 'b key,gone'], ['c three']])
    assert.equal(ews.asked.length, 1)
  })

  const fts = (text: string) => outgoing(text, {}, { format: 'fts' })

  it('writes their few items with one request, each to its folder', async () => {
    const refused = failed('UploadItems', 'ErrorCorruptData')
    const ews = scriptedEws({ UploadItems: [answered('UploadItems', [uploaded('n'), refused, uploaded('o')])] })
    const session = await scriptedSession(ews)
    const results = await Promise.all([session.write(inbox, [fts('a'), fts('b')], inTime), session.write(other, [fts('c')], inTime)])
    assert.deepEqual(
      results.map(some => some.map(result => (result.state === 'written' ? result.key : result.state))),
      [['n', 'refused'], ['o']],
    )
    const soap = ews.asked[0]?.soap ?? ''
    assert.deepEqual(
      [...soap.matchAll(/ParentFolderId Id="(\w+)"/g)].map(([, id]) => id),
      ['inboxId', 'inboxId', 'otherId'],
    )
    assert.equal(ews.asked.length, 1)
  })

  it('knows nothing of any of them when the answer is lost', async () => {
    const ews = scriptedEws({ UploadItems: [answered('UploadItems', [uploaded('n')])] })
    const session = await scriptedSession(ews)
    const results = await Promise.all([session.write(inbox, [fts('a')], inTime), session.write(other, [fts('c')], inTime)])
    assert.deepEqual(
      results.map(([result]) => result?.state),
      ['written', 'unknown'],
    )
    assert.equal(ews.asked.length, 1)
  })

  it('writes to each by itself when all of it was refused', async () => {
    const ews = scriptedEws({
      UploadItems: [fault('ErrorParentFolderNotFound'), fault('ErrorParentFolderNotFound'), answered('UploadItems', [uploaded('o')])],
    })
    const session = await scriptedSession(ews)
    const results = await Promise.all([session.write(inbox, [fts('a')], inTime), session.write(other, [fts('c')], inTime)])
    assert.deepEqual(
      results.map(([result]) => (result?.state === 'refused' ? result.error.code : result?.state)),
      ['folder.gone', 'written'],
    )
  })
})
