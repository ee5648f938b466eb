import assert from 'node:assert/strict'
import fc from 'fast-check'
import { createBase64Decoder } from '../../../../src/servers/base64Decoder.ts'
import { descend, type XmlNode } from '../../../../src/servers/exchange/soap/node.ts'
import { createSoapReader } from '../../../../src/servers/exchange/soap/soapReader.ts'
import { escapeXml } from '../../../../src/servers/exchange/soap/xml.ts'

const cut = (bytes: Buffer, cuts: readonly number[]): Buffer[] => {
  const at = [...new Set([0, ...cuts.map(one => one % (bytes.length + 1)), bytes.length])].sort((a, b) => a - b)
  return at.slice(1).map((end, index) => bytes.subarray(at[index], end))
}

interface Event {
  readonly message?: XmlNode
  readonly content?: string
}

/** Everything a reader tells of an answer, the pieces of one content together. */
function eventsOf(chunks: readonly Buffer[]): { events: Event[]; complete: boolean } {
  const events: Event[] = []
  let content: Buffer[] = []
  const reader = createSoapReader({
    root() {},
    version() {},
    message(message) {
      events.push({ content: Buffer.concat(content).toString('hex') }, { message })
      content = []
    },
    content: bytes => content.push(bytes),
  })
  for (const chunk of chunks) reader.write(chunk)
  return { events, complete: reader.complete }
}

const envelope = (messages: string): string =>
  `<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><m:GetItemResponse xmlns:m="urn:m" xmlns:t="urn:t"><m:ResponseMessages>${messages}</m:ResponseMessages></m:GetItemResponse></s:Body></s:Envelope>`

const message = (id: string, subject: string, content: string): string =>
  `<m:GetItemResponseMessage ResponseClass="Success"><m:ResponseCode>NoError</m:ResponseCode><m:Items><t:Message><t:MimeContent CharacterSet="UTF-8">${content}</t:MimeContent><t:ItemId Id="${escapeXml(id)}"/><t:Subject>${escapeXml(subject)}</t:Subject></t:Message></m:Items></m:GetItemResponseMessage>`

const text = fc.string({ unit: 'grapheme' })
const items = fc.array(fc.record({ id: text, subject: text, bytes: fc.uint8Array({ maxLength: 400 }) }), { minLength: 1, maxLength: 4 })
const cuts = fc.array(fc.nat(), { maxLength: 40 })

describe('reading SOAP answers', () => {
  it('tells the same however the bytes are cut', () => {
    fc.assert(
      fc.property(items, cuts, (all, at) => {
        const bytes = Buffer.from(
          envelope(all.map(one => message(one.id, one.subject, Buffer.from(one.bytes).toString('base64'))).join('')),
        )
        assert.deepEqual(eventsOf(cut(bytes, at)), eventsOf([bytes]))
        assert.deepEqual(eventsOf(cut(bytes, at)), eventsOf([...bytes].map(byte => Buffer.of(byte))))
      }),
      { numRuns: 60 },
    )
  })

  it('gives contents, ids and texts as they were written', () => {
    fc.assert(
      fc.property(items, cuts, (all, at) => {
        const bytes = Buffer.from(
          envelope(all.map(one => message(one.id, one.subject, Buffer.from(one.bytes).toString('base64'))).join('')),
        )
        const { events, complete } = eventsOf(cut(bytes, at))
        assert.ok(complete)
        const contents = events.flatMap(({ content }) => content ?? [])
        assert.deepEqual(
          contents,
          all.map(one => Buffer.from(one.bytes).toString('hex')),
        )
        const read = events.flatMap(({ message }) => descend(message, 'Items', 'Message') ?? [])
        assert.deepEqual(
          read.map(item => descend(item, 'Subject')?.text),
          // XML carries no control characters, nor lone halves of a pair.
          all.map(one => one.subject.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')),
        )
      }),
      { numRuns: 60 },
    )
  })

  it('is not misled by comments, CDATA sections, quotes and instructions that look like content', () => {
    const odd = `<!-- it's <t:MimeContent> "here" --><![CDATA[<m:Data>]]><?note <m:Data> ?><m:R ResponseClass="Success" a='x>"'><m:ResponseCode>NoError</m:ResponseCode><m:Data/><m:Data>AQID</m:Data></m:R>`
    const { events } = eventsOf([Buffer.from(envelope(odd))])
    assert.deepEqual(
      events.map(event => event.content ?? event.message?.attributes['a']),
      ['010203', 'x>"'],
    )
  })

  it('lets characters pass that XML forbids and Exchange writes all the same', () => {
    const { events } = eventsOf([Buffer.from(envelope(message('a', 'x', '').replace('>x<', '>a&#x1F;b<')))])
    assert.match(descend(events[1]?.message, 'Items', 'Message', 'Subject')?.text ?? '', /^a.*b$/)
  })

  it('ignores what follows the envelope', () => {
    const { events, complete } = eventsOf([Buffer.from(`${envelope(message('a', 's', 'AQID'))}<html>rubbish</html`)])
    assert.ok(complete)
    assert.equal(events.length, 2)
  })

  for (const [what, broken] of Object.entries({
    'a tag that is never closed': envelope('<m:R>').replace('</m:ResponseMessages>', ''),
    'an unknown entity': envelope('<m:R>a &b; c</m:R>'),
    'a document type': `<!DOCTYPE x [<!ENTITY e "x">]>${envelope('')}`,
    'a character that is not base64': envelope(message('a', 's', 'AQ*D')),
    'base64 that ends within a group': envelope(message('a', 's', 'AQI')),
    'base64 after its padding': envelope(message('a', 's', 'AQ==AQID')),
  })) {
    it(`takes ${what} for what it is`, () => {
      assert.throws(() => eventsOf([Buffer.from(broken)]), SyntaxError)
    })
  }
})

describe('decoding base64 in pieces', () => {
  it('gives the bytes back, whatever the pieces and the white space between', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 1000 }), cuts, fc.constantFrom('', '\r\n', ' \t'), (bytes, at, space) => {
        const encoded = Buffer.from(bytes)
          .toString('base64')
          .replace(/.{1,76}/g, line => line + space)
        const decoder = createBase64Decoder()
        const decoded = Buffer.concat(cut(Buffer.from(encoded), at).map(piece => decoder.decode(piece)))
        decoder.end()
        assert.deepEqual(decoded, Buffer.from(bytes))
      }),
    )
  })
})
