import assert from 'node:assert/strict'
import { fileBytes } from '../../../src/servers/mime/fileBytes.ts'
import { parseMessage } from '../../../src/servers/mime/parseMessage.ts'

const base64 = (bytes: Buffer): string => bytes.toString('base64').replace(/.{76}/g, '$&\r\n')
const part = (type: string, encoding: string, content: string): string =>
  `--b\r\nContent-Type: ${type}\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n${content}\r\n`
const parts = [
  part('text/html', '7bit', '<p>Hello</p>'),
  part('application/pdf; name="a.pdf"', 'base64', base64(Buffer.alloc(300_000, 'pdf'))),
  part('text/plain', '7bit', 'A footer behind the HTML is a file.'),
  part('image/png; name="one-line.png"', 'base64', Buffer.alloc(200_000, 'png').toString('base64')),
  part('message/rfc822', '7bit', `Subject: about boats\r\n\r\n${'Boats. '.repeat(20_000)}`),
].join('')

const messages: Record<string, string> = {
  'with many files': `Content-Type: multipart/mixed; boundary=b\r\n\r\n${parts}--b--\r\n`,
  'without an end': `Content-Type: multipart/mixed; boundary=b\n\n${parts}`,
  'that is one file': `Content-Type: application/pdf; name="a.pdf"\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64(Buffer.alloc(100_000, 'x'))}`,
  'signed in the clear': `Subject: signed\r\nContent-Type: multipart/signed; protocol="application/pkcs7-signature"; boundary=b\r\n\r\n${parts}--b--\r\n`,
  encrypted: `Content-Type: application/pkcs7-mime; name=smime.p7m\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64(Buffer.alloc(100_000, 'secret'))}`,
}

describe('files too large to be held, of a message', () => {
  for (const [what, mime] of Object.entries(messages))
    it(`${what}, are told as if they were, and come when it is read once more`, async () => {
      const held = (await parseMessage(inPieces(mime))).attachments
      const parsed = await parseMessage(inPieces(mime), { mostFiles: 10 })
      assert.deepEqual(
        parsed.attachments,
        held.map(({ chunks: _, ...file }) => file),
      )
      const files: Buffer[] = []
      const file: Buffer[] = []
      for await (const bytes of fileBytes(inPieces(mime), parsed)) {
        if (bytes === 'end') files.push(Buffer.concat(file.splice(0)))
        else file.push(Buffer.from(bytes))
      }
      assert.deepEqual(
        files,
        held.map(({ chunks = [] }) => Buffer.concat(chunks)),
      )
    })

  it('are held as long as they fit', async () => {
    const { attachments } = await parseMessage(inPieces(messages['with many files'] ?? ''), { mostFiles: 310_000 })
    assert.deepEqual(
      attachments.map(({ chunks }) => chunks !== undefined),
      [true, true, false, false],
    )
  })

  it('leave a text that is too large untold, but for its size', async () => {
    const { html, textSize } = await parseMessage(inPieces(`Content-Type: text/html\r\n\r\n${'x'.repeat(100_000)}`), { mostText: 1000 })
    assert.deepEqual([html, textSize], [undefined, 100_000])
  })
})

function* inPieces(mime: string): Generator<Buffer> {
  const bytes = Buffer.from(mime)
  for (let at = 0; at < bytes.length; at += 1500) yield bytes.subarray(at, at + 1500)
}
