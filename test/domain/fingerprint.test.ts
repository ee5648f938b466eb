import assert from 'node:assert/strict'
import fc from 'fast-check'
import { canonicalHeaders, looseIdentity } from '../../src/domain/fingerprint.ts'

const message = [
  'Received: from a by b; Tue, 1 Jan 2019 10:00:01 +0100',
  'Message-ID: <1@example>',
  'Date: Tue, 1 Jan 2019 10:00:00 +0100',
  'From: Ann <ann@example>',
  'To: bob@example,',
  '\tcem@example',
  'Subject: Hello there',
  '',
  'Message-ID: <body@example>',
].join('\r\n')

const of = (head: string | Uint8Array, received = 0): string => canonicalHeaders(head, received)

describe('the canonical headers of a message', () => {
  it('are those that say who wrote what to whom when', () => {
    assert.deepEqual(of(message).split('\n'), [
      'message-id:<1@example>',
      'date:Tue, 1 Jan 2019 10:00:00 +0100',
      'from:Ann <ann@example>',
      'to:bob@example, cem@example',
      'subject:Hello there',
    ])
  })

  it('are the same whatever transport, folding, line ends and header order make of them', () => {
    const refolded = message
      .replace('Hello there', 'Hello\r\n  there')
      .replace('To: bob@example,\r\n\tcem', 'To:   bob@example,\r\n      cem')
    const reordered = [
      'X-Spam: no',
      ...message.split('\r\n').slice(0, 7).toSpliced(2, 1),
      'Date: Tue, 1 Jan 2019 10:00:00 +0100',
      '',
      'another body',
    ].join('\n')
    for (const other of [
      refolded,
      reordered,
      message.replaceAll('\r\n', '\n'),
      message.replaceAll('\r\n', '\r'),
      message.replace('Message-ID', 'MESSAGE-Id '),
    ]) {
      assert.equal(of(other), of(message))
    }
  })

  it('differ where the message does', () => {
    for (const [from, to] of [
      ['<1@', '<2@'],
      ['10:00:00', '10:00:02'],
      ['Hello', 'hello'],
      ['cem@', 'dan@'],
    ] as const) {
      assert.notEqual(of(message.replace(from, to)), of(message))
    }
  })

  it('of bytes and of their latin1 text are the same, 8-bit headers included', () => {
    const bytes = fc.uint8Array({ maxLength: 200 })
    fc.assert(
      fc.property(bytes, subject => {
        const whole = Buffer.concat([Buffer.from('Message-ID: <1>\r\nSubject: '), subject])
        assert.equal(of(whole), of(whole.toString('latin1')))
      }),
    )
  })

  it('keep 8-bit characters of different encodings apart', () => {
    assert.notEqual(of(Buffer.from('Message-ID: <1>\nSubject: é', 'utf8')), of(Buffer.from('Message-ID: <1>\nSubject: é', 'latin1')))
  })

  it('do without Message-ID by the second in which the message was received', () => {
    const anonymous = message.replace('Message-ID: <1@example>\r\n', '')
    assert.notEqual(of(anonymous, 1000), of(anonymous, 2000))
    assert.equal(of(anonymous, 1000), of(anonymous, 1999))
    assert.equal(of(message, 1000), of(message, 2000))
    assert.notEqual(of('', 1000), of('', 2000), 'an empty message is told apart, too')
  })

  it('survive broken headers', () => {
    const broken =
      'From ann Tue Jan  1\n >continued\n: nothing\nno colon here\n\tcontinued\nSubject Broken\nMessage-ID: <1>\nSubject: Whole'
    assert.equal(of(broken), 'message-id:<1>\nsubject:Whole')
    fc.assert(fc.property(fc.uint8Array(), bytes => assert.match(of(bytes), /^[^\r]*$/)))
  })

  it('know every one of repeated headers', () => {
    assert.equal(of('Message-ID: <1>\nTo: a\nTo: b'), 'message-id:<1>\nto:a\nto:b')
  })

  it('of headers of megabytes are made', () => {
    assert.ok(of(Buffer.from(`Message-ID: <1>\r\nTo: ${'someone@example,\r\n '.repeat(200_000)}x`)).length > 3_000_000)
  })
})

describe('the loose identity of a message', () => {
  it('is the same however the headers are encoded and folded, and whatever is added', () => {
    const plain = 'Message-ID: <1@example>\nDate: Tue, 1 Jan 2019 10:00:00 +0100\nSubject: Grüße aus Köln\n\n'
    const anew = [
      'Received: from a by b',
      'Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe_aus?=\r\n =?iso-8859-1?B?IEv2bG4=?=',
      'Date: Tue, 01 Jan 2019 09:00:00 +0000 (UTC)',
      'Message-ID:\r\n <1@example>',
      'From: "Ann" <ann@example>',
    ].join('\r\n')
    assert.equal(looseIdentity(anew), looseIdentity(Buffer.from(plain)))
  })

  it('differs in Message-ID, second and subject', () => {
    const head = 'Message-ID: <1@example>\nDate: Tue, 1 Jan 2019 10:00:00 +0100\nSubject: One\n\n'
    for (const [from, to] of [
      ['<1@', '<2@'],
      ['10:00:00', '10:00:01'],
      ['One', 'Two'],
    ] as const) {
      assert.notEqual(looseIdentity(head.replace(from, to)), looseIdentity(head))
    }
  })

  it('is none without a Message-ID or a date: taking two messages for one would lose one', () => {
    assert.equal(looseIdentity('Date: Tue, 1 Jan 2019 10:00:00 +0100\nSubject: One\n\n'), undefined)
    assert.equal(looseIdentity('Message-ID: <1@example>\nDate: yesterday\nSubject: One\n\n'), undefined)
  })
})
