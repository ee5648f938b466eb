import assert from 'node:assert/strict'
import { contentPrint } from '../../../src/migration/content/contentPrint.ts'
import type { Item } from '../../../src/sandbox/exchange/item.ts'
import { flagsOf, keys, textOf } from '../../../src/sandbox/exchange/properties.ts'
import type { MailSession, OutgoingItem, WriteResult } from '../../../src/servers/mailServer.ts'
import { mailboxFor } from '../../sandbox/office365/support.ts'
import { never } from '../imap/support.ts'
import { bytesOf, type Cloud, folderOf, type Letter, outgoing, readAll, simple, startCloud, writing } from './cloudSession.ts'

const head = (subject: string): string =>
  `From: "Ömer, Carl" <carl@elsewhere.test>\r\nTo: Anna <anna@contoso.test>, Team: ben@contoso.test, =?utf-8?Q?Zo=C3=AB?= <zoe@elsewhere.test>;\r\nSubject: ${subject}\r\nDate: Mon, 05 Jan 2026 10:00:00 +0000\r\nMessage-ID: <${subject}@elsewhere.test>\r\nMIME-Version: 1.0\r\n`

const base64 = (bytes: Buffer): string => bytes.toString('base64').replace(/.{76}/g, '$&\r\n')

const file = (name: string, bytes: Buffer): string =>
  `--b\r\nContent-Type: application/pdf; name="${name}"\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename="${name}"\r\n\r\n${base64(bytes)}\r\n`

const withFiles = (subject: string, ...files: readonly string[]): string =>
  `${head(subject)}Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nSee attached.\r\n${files.join('')}--b--\r\n`

describe('messages made for Office 365', () => {
  let cloud: Cloud
  let session: MailSession
  const start = async (...options: Parameters<typeof startCloud>) => {
    cloud = await startCloud(...options)
    session = await cloud.open(cloud.org.anna)
  }
  beforeEach(() => start())
  afterEach(() => cloud[Symbol.asyncDispose]())

  const stored = (): Item[] => [...mailboxFor(cloud.org, cloud.org.anna).items.values()]
  const inbox = () => folderOf(session, 'inbox')
  const put = async (letter: Letter): Promise<WriteResult | undefined> =>
    (await session.write(await inbox(), [outgoing(1, letter)], writing))[0]
  /** Written and read back: whether it has the same content. */
  async function survives(mime: string): Promise<WriteResult | undefined> {
    const result = await put({ mime, marker: 'm' })
    assert.equal(result?.state, 'written', JSON.stringify(result))
    const key = result?.state === 'written' ? result.key : undefined
    const [read] = await readAll(session, await inbox(), [key ?? ''])
    assert.equal(await contentPrint([bytesOf(read)]), await contentPrint([Buffer.from(mime)]), bytesOf(read).toString())
    return result
  }

  it('keep names, groups and addresses of the people in them', async () => {
    await survives(`${head('people')}Cc: (nobody) dan@elsewhere.test\r\nContent-Type: text/plain\r\n\r\nHello\r\n`)
    const to = stored()[0]?.elements.get('ToRecipients')
    assert.match(JSON.stringify(to), /Zoë/)
  })

  it('keep texts of any charset, and HTML with the images in it', async () => {
    await survives(
      `${head('latin')}Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nGr=FC=DFe\r\n`,
    )
    await survives(
      `${head('html')}Content-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Grüße <img src="cid:i1"></p>\r\n--b\r\nContent-Type: image/png\r\nContent-ID: <i1>\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--b--\r\n`,
    )
    const [image] = stored()[1]?.attachments ?? []
    assert.deepEqual([image?.isInline, image?.contentId, image?.contentType], [true, 'i1', 'image/png'])
  })

  it('keep attached messages as the bytes they are, and name them by their subject', async () => {
    const inner = simple('Inner letter')
    await survives(withFiles('outer', `--b\r\nContent-Type: message/rfc822\r\n\r\n${inner}\r\n`))
    const [attached] = stored()[0]?.attachments ?? []
    assert.equal(attached?.name, 'Inner letter.eml')
    assert.equal(attached?.content().toString().trimEnd(), inner.trimEnd())
  })

  it('keep a plain footer behind an HTML text, and files that have a name but no disposition', async () => {
    await survives(
      `${head('footer')}Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>Text</p>\r\n--b\r\nContent-Type: text/plain\r\n\r\nYour list\r\n--b\r\nContent-Type: text/plain; name=notes.txt\r\n\r\nNotes\r\n--b--\r\n`,
    )
    assert.deepEqual(
      stored()[0]?.attachments.map(({ name }) => name),
      ['ATT00001.txt', 'notes.txt'],
    )
  })

  it('keep signed and encrypted mail whole, with the class it has in Exchange', async () => {
    const signed = `${head('signed')}Content-Type: multipart/signed; protocol="application/pkcs7-signature"; micalg=sha-256; boundary=s\r\n\r\n--s\r\nContent-Type: text/plain\r\n\r\nI say so.\r\n--s\r\nContent-Type: application/pkcs7-signature; name=smime.p7s\r\nContent-Transfer-Encoding: base64\r\n\r\nMIIB\r\n--s--\r\n`
    const sealed = `${head('sealed')}Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\r\nContent-Transfer-Encoding: base64\r\n\r\nMIIC\r\n`
    await survives(signed)
    await survives(sealed)
    assert.deepEqual(
      stored().map(({ itemClass }) => itemClass),
      ['IPM.Note.SMIME.MultipartSigned', 'IPM.Note.SMIME'],
    )
    const [whole] = stored()[0]?.attachments ?? []
    assert.equal(whole?.name, 'smime.p7m')
    assert.equal(whole?.content().toString(), signed.slice(signed.indexOf('Content-Type: multipart/signed')))
  })

  it('say what an invitation and a delivery report lose', async () => {
    const invitation = await put({
      mime: `${head('meet')}Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nCome\r\n--b\r\nContent-Type: text/calendar; method=REQUEST\r\n\r\nBEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n--b--\r\n`,
    })
    assert.deepEqual(invitation?.state === 'written' && invitation.losses, ['meeting'])
    assert.equal(stored()[0]?.attachments[0]?.name, 'ATT00001.ics')
    const report = await put({
      mime: `${head('bounce')}Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nNot delivered\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nAction: failed\r\n--b--\r\n`,
    })
    assert.deepEqual(report?.state === 'written' && report.losses, ['report'])
  })

  it('stay drafts where they were drafts', async () => {
    await put({ flags: ['\\Draft', '\\Seen'] })
    assert.equal(flagsOf(stored()[0]?.properties ?? new Map()) & 0x8, 0x8)
    await put({ flags: [] })
    assert.equal(flagsOf(stored()[1]?.properties ?? new Map()) & 0x9, 0)
    assert.equal(textOf(stored()[1]?.properties ?? new Map(), keys.deliveryTime), '2026-01-05T10:00:01Z')
  })

  it('take large files in pieces, several small ones one by one, and are marked when all are there', async () => {
    const large = Buffer.alloc(4_200_000, 'large')
    const half = Buffer.alloc(2_000_000, 'half')
    const item = outgoing(1, { mime: withFiles('big', file('a.pdf', half), file('b.pdf', large), file('c.pdf', half)), marker: 'm1' })
    const bytes = 'chunks' in item.content ? Buffer.concat(item.content.chunks) : Buffer.alloc(0)
    const streamed: OutgoingItem = { ...item, content: { size: bytes.length, stream: { [Symbol.asyncIterator]: () => inPieces(bytes) } } }
    const [result] = await session.write(await inbox(), [streamed], writing)
    assert.equal(result?.state, 'written', JSON.stringify(result))
    const found = []
    for await (const part of session.find(await inbox(), undefined, never)) found.push(...part)
    assert.deepEqual(
      found.map(({ marker }) => marker),
      ['m1'],
    )
    const [read] = await readAll(
      session,
      await inbox(),
      found.map(({ key }) => key),
    )
    assert.equal(await contentPrint([bytesOf(read)]), await contentPrint([bytes]))
  }).timeout(20_000)

  it('may have a text as large as a request, and are named where it is larger', async () => {
    const text = (bytes: number) => `${head('long')}Content-Type: text/plain\r\n\r\n${`${'x'.repeat(70)}\r\n`.repeat(bytes / 72)}`
    await survives(text(3_600_000))
    const result = await put({ mime: text(4_200_000) })
    assert.deepEqual(
      [result?.state, result?.state === 'refused' && result.error.code, stored().length],
      ['refused', 'item.textTooLarge', 1],
    )
  }).timeout(20_000)

  it('that lost a file on the way are moved to the deleted items, and never taken for written', async () => {
    cloud.org.site.troubles.add({
      trouble: { kind: 'dropBefore' },
      operations: ['POST users/{user}/messages/{message}/attachments'],
      times: 1,
    })
    const files = [1, 2, 3].map(number => file(`${number}.pdf`, Buffer.alloc(2_000_000, String(number))))
    const result = await put({ mime: withFiles('cut', ...files), marker: 'm1' })
    assert.equal(result?.state, 'refused')
    assert.equal(stored()[0]?.folder.distinguished, 'deleteditems')
  }).timeout(20_000)

  it('that nobody could finish are known by their mark, moved away and not found', async () => {
    cloud.org.site.troubles.add({
      trouble: { kind: 'dropBefore' },
      operations: ['POST users/{user}/messages/{message}/attachments'],
      times: 1,
    })
    cloud.org.site.troubles.add({ trouble: { kind: 'dropBefore' }, operations: ['POST users/{user}/messages/{message}/move'], times: 9 })
    const files = [1, 2, 3].map(number => file(`${number}.pdf`, Buffer.alloc(2_000_000, String(number))))
    const result = await put({ mime: withFiles('cut', ...files), marker: 'm1' })
    assert.equal(result?.state, 'unknown')
    cloud.org.site.troubles.clear()
    for await (const part of session.find(await inbox(), undefined, never)) assert.deepEqual(part, [])
    assert.equal(stored()[0]?.folder.distinguished, 'deleteditems')
  }).timeout(20_000)

  it('whose answer was lost are unknown, and found by their marks though lists lag behind', async () => {
    await cloud[Symbol.asyncDispose]()
    await start({}, { settle: 400 })
    cloud.org.tenant.switches.lagMilliseconds = 300
    cloud.org.site.troubles.add({
      trouble: { kind: 'dropAfter' },
      operations: ['POST users/{user}/mailFolders/{folder}/messages'],
      times: 1,
    })
    const result = await put({ marker: 'm1' })
    assert.deepEqual([result?.state, stored().length], ['unknown', 1])
    const found = []
    for await (const part of session.find(await inbox(), undefined, never)) found.push(...part)
    assert.deepEqual(
      found.map(({ marker }) => marker),
      ['m1'],
    )
  })

  it('are not sent after the deadline', async () => {
    const [late] = await session.write(await inbox(), [outgoing(1)], { signal: never, deadline: () => 0 })
    assert.deepEqual([late?.state, late && 'error' in late && late.error.code, stored().length], ['refused', 'lease.lost', 0])
  })
})

async function* inPieces(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += 50_000) yield bytes.subarray(at, at + 50_000)
}
