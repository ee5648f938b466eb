import assert from 'node:assert/strict'
import fc from 'fast-check'
import { describe, it } from 'mocha'
import { contentPrint, samePrint } from '../../../src/migration/content/contentPrint.ts'

const print = (text: string): Promise<string> => contentPrint([Buffer.from(text.replaceAll(/\r?\n/g, '\r\n'), 'latin1')])

const envelope = `From: Ann <Ann@Example.org>
To: "Bob, B." <bob@example.org>, cem@example.org
Date: Tue, 1 Jan 2019 10:00:00 +0100
Subject: Hello there
Message-ID: <1@example.org>
`
const plain = `${envelope}Content-Type: text/plain; charset=utf-8

Dear Bob,
this is the text.
`
const attachment = 'JVBERi0xLjQKSGVsbG8gd29ybGQ='

/** As a server that keeps properties gives it: new boundary, other order and encodings, headers dropped and added, an HTML body beside the plain one. */
const composed = `Received: by mx
Subject: =?utf-8?B?SGVsbG8gdGhlcmU=?=
Date: Tue, 01 Jan 2019 09:00:00 +0000
From: ann@example.org
To: cem@example.org, bob@example.org
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="_000_x"

--_000_x
Content-Type: text/plain; charset="iso-8859-1"
Content-Transfer-Encoding: quoted-printable

Dear Bob, this is=20
the te=
xt.

--_000_x
Content-Type: text/html; charset="iso-8859-1"
Content-Transfer-Encoding: base64

PGh0bWw+PHN0eWxlPnB7fTwvc3R5bGU+PHA+RGVhciBCb2IsPGJyPnRoaXMgaXMgdGhlJm5ic3A7dGV4dC48L3A+PC9odG1sPg==
--_000_x--
`

const mixed = (boundary: string, parts: readonly string[]): string =>
  `${envelope}Content-Type: multipart/mixed; boundary=${boundary}\n\n${parts.map(part => `--${boundary}\n${part}\n`).join('')}--${boundary}--\n`
const body = 'Content-Type: text/plain\n\nHello'
const pdf = (content: string, name = 'a.pdf'): string =>
  `Content-Type: application/pdf; name="${name}"\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment; filename="${name}"\n\n${content}`

describe('the content of a message', () => {
  it('is the same when a server composes it anew', async () => {
    assert.equal(await print(composed), await print(plain))
  })

  it('is another one with another word, addressee, subject or second', async () => {
    for (const [from, to] of [
      ['the text', 'another text'],
      ['cem@', 'dan@'],
      ['Hello', 'Hallo'],
      ['10:00:00', '10:00:01'],
    ] as const) {
      assert.notEqual(await print(plain.replace(from, to)), await print(plain))
    }
  })

  it('is the same where a server gave it the date that it lacked, and another one with another date', async () => {
    const [dated, dateless, later] = await Promise.all([
      print(plain),
      print(plain.replace(/^Date: .*\n/m, '')),
      print(plain.replace('10:00:00', '10:00:01')),
    ])
    assert.ok(samePrint(dated, dateless) && samePrint(dateless, dated) && samePrint(dated, dated))
    assert.ok(!samePrint(dated, later))
    assert.ok(!samePrint(dateless, await print(plain.replace('Dear', 'Deer'))))
  })

  it('counts every attachment by its bytes, in any order and under any name', async () => {
    const one = await print(mixed('a', [body, pdf(attachment), pdf('AAAA')]))
    assert.equal(await print(mixed('_b_', [body, pdf('AAAA', 'other.pdf'), pdf(`${attachment.slice(0, 8)}\n${attachment.slice(8)}`)])), one)
    assert.notEqual(await print(mixed('a', [body, pdf(attachment)])), one)
    assert.notEqual(await print(mixed('a', [body, pdf(attachment), pdf('AAAB')])), one)
    assert.notEqual(await print(mixed('a', [body, pdf(attachment), pdf('AAAA'), pdf('AAAA')])), one)
  })

  it('is the same in any transfer encoding, though lines and characters are divided', async () => {
    const text = (encoding: string, content: string) =>
      print(`${envelope}Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: ${encoding}\n\n${content}`)
    assert.equal(await text('quoted-printable', 'Gr=C3=\n=BC=C3=9Fe'), await text('base64', 'R3LDvMOfZQ=='))
    const file = (encoding: string, content: string) =>
      print(
        mixed('a', [
          body,
          `Content-Type: application/pdf\nContent-Transfer-Encoding: ${encoding}\nContent-Disposition: attachment\n\n${content}`,
        ]),
      )
    assert.equal(await file('quoted-printable', '=00=01a=\nb=0D=0A'), await file('base64', 'AAFh\nYg0K'))
    const long = 'x'.repeat(70_000)
    const divided = `${long.slice(0, 65_535)}=C3=BC${long}`
    assert.equal(
      await text('quoted-printable', divided),
      await text('base64', Buffer.from(`${long.slice(0, 65_535)}ü${long}`).toString('base64')),
    )
  })

  it('includes attached messages, by the same rules', async () => {
    const attached = (message: string) => print(mixed('m', [body, `Content-Type: message/rfc822\n\n${message}`]))
    assert.equal(await attached(composed), await attached(plain))
    assert.notEqual(await attached(plain.replace('text.', 'taxt.')), await attached(plain))
  })

  it('leaves out what a server derives from its properties', async () => {
    const calendar = 'Content-Type: text/calendar; method=REQUEST\n\nBEGIN:VCALENDAR'
    assert.equal(await print(mixed('a', [body, calendar])), await print(mixed('a', [body, 'Content-Type: text/calendar\n\nX'])))
  })

  it('is read of damaged messages too: no boundary closed, nothing but headers, nothing at all', async () => {
    const open = mixed('a', [body, pdf(attachment)]).replace('--a--\n', '')
    assert.equal(await print(open), await print(mixed('a', [body, pdf(attachment)])))
    assert.notEqual(await print('Subject: x'), await print(''))
  })

  it('does not depend on how the bytes come', async () => {
    const bytes = Buffer.from(mixed('a', [body, pdf(attachment), `Content-Type: message/rfc822\n\n${composed}`]).replaceAll('\n', '\r\n'))
    const whole = await contentPrint([bytes])
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(bytes.length), { maxLength: 30 }), async cuts => {
        const ends = [...new Set([...cuts, bytes.length])].sort((a, b) => a - b)
        const chunks = ends.map((end, at) => bytes.subarray(ends[at - 1] ?? 0, end))
        assert.equal(await contentPrint(chunks), whole)
      }),
    )
  })

  it('is read in bounded memory, whatever comes', async () => {
    const megabyte = Buffer.alloc(1 << 20, 'x')
    async function* endless() {
      yield Buffer.from('Content-Type: multipart/mixed; boundary=b\r\n\r\n')
      for (let n = 0; n < 2000; n++) yield Buffer.from(`--b\r\nContent-Type: multipart/mixed; boundary=b${n}\r\n\r\n`)
      for (let n = 0; n < 400; n++) yield megabyte
    }
    const before = process.memoryUsage().rss
    assert.match(await contentPrint(endless()), /^[0-9a-f]{64}$/)
    assert.ok(process.memoryUsage().rss - before < 250e6)
  })
})
