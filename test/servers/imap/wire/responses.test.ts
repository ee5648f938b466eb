import assert from 'node:assert/strict'
import fc from 'fast-check'
import { isError } from '../../../../src/domain/errors.ts'
import { eventsOf, eventsOfText } from './events.ts'

const at = (text: string): number => Date.parse(text)

describe('what servers answer', () => {
  it('is a message with its content, in the order Dovecot gives', () => {
    assert.deepEqual(eventsOfText('* 1 FETCH (UID 7 BODY[] {5}\r\nab\r\nc)', 'A1 OK Fetch completed.'), [
      { fetched: { uid: 7, body: 'given' }, body: 'ab\r\nc' },
      { tagged: 'A1|OK|||Fetch completed.' },
    ])
  })

  it('has the UID behind the content with some', () => {
    const [event] = eventsOfText('* 1 FETCH (BODY[] {3}\r\nabc UID 12 FLAGS (\\Seen))')
    assert.deepEqual(event, { fetched: { uid: 12, flags: ['\\Seen'], body: 'given' }, body: 'abc' })
  })

  it('is a listing with flags in any case and order, \\Recent left out, and a padded date', () => {
    assert.deepEqual(
      eventsOfText(
        '* 3 FETCH (FLAGS (\\SEEN $Forwarded \\Recent \\seen) INTERNALDATE " 7-Jul-2024 02:44:25 -0730" RFC822.SIZE 4286 UID 9 MODSEQ (12121231000))',
      ),
      [
        {
          fetched: {
            uid: 9,
            flags: ['$Forwarded', '\\Seen'],
            received: at('2024-07-07T02:44:25-07:30'),
            size: 4286,
            modseq: '12121231000',
            body: 'absent',
          },
        },
      ],
    )
  })

  it('is read whatever else stands between', () => {
    const strange = [
      'ENVELOPE ("Mon, 7 Feb" {7}\r\n)(")\\{3} (("a" NIL "b)" "c\\"(")) NIL)',
      'X-GM-LABELS ("\\\\Inbox" Sent "Muy (importante)")',
      'BODYSTRUCTURE (("text" "plain" ("charset" "utf-8") NIL NIL "7bit" 12 1)("text" "html" NIL NIL NIL "8bit" 9 0) "mixed")',
      'EMAILID (M6d99ac3275bb4e) THREADID NIL SAVEDATE NIL',
    ]
    assert.deepEqual(eventsOfText(`* 1 FETCH (${strange.join(' ')} UID 4 BODY[] {2}\r\nhi)`), [
      { fetched: { uid: 4, body: 'given' }, body: 'hi' },
    ])
  })

  it('may be content in quotes, as Courier and Cyrus give short ones', () => {
    const [event] = eventsOfText('* 1 FETCH (UID 4 BODY[] "a\\"b\\\\c")')
    assert.deepEqual(event, { fetched: { uid: 4, body: 'given' }, body: 'a"b\\c' })
  })

  it('may be content of no length, as an empty string or an empty literal', () => {
    const expected = { fetched: { uid: 4, body: 'given' }, body: '' }
    assert.deepEqual(eventsOfText('* 1 FETCH (UID 4 BODY[] "")', '* 1 FETCH (UID 4 BODY[] {0}\r\n)'), [expected, expected])
  })

  it('may be NIL where the server has the message and can not give it', () => {
    const [event] = eventsOfText('* 1 FETCH (UID 4 BODY[] NIL)')
    assert.deepEqual(event, { fetched: { uid: 4, body: 'nil' } })
  })

  it('may name the content in other ways', () => {
    for (const name of ['RFC822', 'body[]', 'BODY[]<0>', 'BODY[HEADER]', 'BODY[HEADER.FIELDS (SUBJECT "X-Y")]', 'BINARY[]']) {
      const [event] = eventsOfText(`* 1 FETCH (UID 4 ${name} {2}\r\nhi)`)
      assert.deepEqual(event, { fetched: { uid: 4, body: 'given' }, body: 'hi' }, name)
    }
  })

  it('may be a literal8 with NUL in it', () => {
    const [event] = eventsOf([Buffer.from('* 1 FETCH (UID 4 BODY[] ~{3}\r\na\0b)\r\n')])
    assert.deepEqual(event, { fetched: { uid: 4, body: 'given' }, body: 'a\0b' })
  })

  it('may be news nobody asked for', () => {
    assert.deepEqual(eventsOfText('* 5 FETCH (FLAGS (\\Deleted))', '* 23 EXISTS', '* 44 EXPUNGE', '* VANISHED (EARLIER) 41,43:116'), [
      { fetched: { flags: ['\\Deleted'], body: 'absent' } },
      { data: ['EXISTS', 23, ''] },
      { data: ['EXPUNGE', 44, ''] },
      { data: ['VANISHED', 0, '(EARLIER) 41,43:116'] },
    ])
  })

  it('names folders in quotes, as atoms or as literals', () => {
    assert.deepEqual(
      eventsOfText(
        '* LIST () "/" INBOX',
        '* LIST (\\HasChildren) "." "a\\"b"',
        '* LIST () "/" {6}\r\nc"d\\ \xe9',
        '* STATUS {3}\r\nx y (MESSAGES 1)',
      ),
      [
        { data: ['LIST', 0, '() "/" INBOX'] },
        { data: ['LIST', 0, '(\\HasChildren) "." "a\\"b"'] },
        { data: ['LIST', 0, '() "/" "c\\"d\\\\ \ufffd"'] },
        { data: ['STATUS', 0, '"x y" (MESSAGES 1)'] },
      ],
    )
  })

  it('carries response codes with arguments, and codes nobody knows', () => {
    assert.deepEqual(
      eventsOfText(
        'A1 OK [APPENDUID 38505 3955:3957] APPEND completed',
        '* OK [PERMANENTFLAGS (\\Seen \\*)] Flags permitted.',
        '* NO [ALERT] Disk is 98% full {12}',
        'A2 NO [TRYCREATE]',
        'A3 BAD Request is throttled. Suggested Backoff Time: 92415 milliseconds',
        '* ok [BADCHARSET ("UTF-8" "x]y")] sorry',
        '* BYE Server is closing your connection',
        '+ OK',
        '+',
      ),
      [
        { tagged: 'A1|OK|APPENDUID|38505 3955:3957|APPEND completed' },
        { note: 'OK|PERMANENTFLAGS|(\\Seen \\*)|Flags permitted.' },
        { note: 'NO|ALERT||Disk is 98% full {12}' },
        { tagged: 'A2|NO|TRYCREATE||' },
        { tagged: 'A3|BAD|||Request is throttled. Suggested Backoff Time: 92415 milliseconds' },
        { note: 'OK|BADCHARSET|("UTF-8" "x]y")|sorry' },
        { note: 'BYE|||Server is closing your connection' },
        'ready',
        'ready',
      ],
    )
  })

  it('may end its lines with LF alone', () => {
    assert.deepEqual(eventsOf([Buffer.from('* 1 EXISTS\nA1 OK done\n')]), [{ data: ['EXISTS', 1, ''] }, { tagged: 'A1|OK|||done' }])
  })

  for (const [name, garbage] of Object.entries({
    'an HTML page': '<html><body>busy</body></html>\r\n',
    'a FETCH without its end': '* 1 FETCH (UID 4\r\n',
    'a UID that is no number': '* 1 FETCH (UID x)\r\n',
    'an item without a value': '* 1 FETCH (UID)\r\n',
    'a quoted string without its end': '* 1 FETCH (UID 1 BODY[] "abc)\r\n',
    'a line that never ends': `* OK ${'x'.repeat(1_100_000)}`,
    'a folder name of megabytes': `* LIST () "/" {1100000}\r\n${'x'.repeat(1_100_000)}\r\n`,
    'a literal of 2^40 bytes': '* 1 FETCH (BODY[] {1099511627776}\r\n',
  })) {
    it(`is refused when it is ${name}`, () => {
      assert.throws(
        () => eventsOf([Buffer.from(garbage)]),
        error => isError(error, 'server.protocol'),
      )
    })
  }

  describe('however the network cuts it', () => {
    const word = fc.stringMatching(/^[A-Za-z0-9$]{1,8}$/)
    const bytes = fc.uint8Array({ maxLength: 300 }).map(array => Buffer.from(array).toString('latin1'))
    const literal = bytes.map(text => `{${text.length}}\r\n${text}`)
    const quoted = fc.stringMatching(/^[ -!#-[\]-~]{0,20}$/).map(text => `"${text}"`)
    const item = fc.oneof(
      fc.nat().map(uid => `UID ${uid}`),
      fc.array(word).map(words => `FLAGS (${words.join(' ')})`),
      fc.constant('INTERNALDATE "17-Jul-1996 02:44:25 -0700"'),
      literal.map(text => `BODY[] ${text}`),
      quoted.map(text => `BODY[] ${text}`),
      fc.tuple(quoted, literal).map(([one, two]) => `ENVELOPE (${one} (${two} NIL) ${two})`),
    )
    const response = fc.oneof(
      fc.array(item, { minLength: 1, maxLength: 5 }).map(items => `* 1 FETCH (${items.join(' ')})`),
      fc.tuple(literal, quoted).map(([one, two]) => `* LIST () ${two} ${one}`),
      word.map(text => `* OK [CODE ${text}] ${text} {3}`),
      word.map(text => `T1 NO ${text}`),
      fc.constant('+ go on'),
    )

    it('means the same', () => {
      fc.assert(
        fc.property(fc.array(response, { minLength: 1, maxLength: 8 }), fc.array(fc.nat(2000), { maxLength: 12 }), (responses, cuts) => {
          const whole = Buffer.from(responses.map(text => `${text}\r\n`).join(''), 'latin1')
          const places = [...new Set([0, ...cuts.map(cut => cut % whole.length), whole.length])].sort((a, b) => a - b)
          const chunks = places.slice(1).map((place, index) => whole.subarray(places[index], place))
          assert.deepEqual(eventsOf(chunks), eventsOf([whole]))
          assert.deepEqual(eventsOf([...whole].map(byte => Buffer.from([byte]))), eventsOf([whole]))
        }),
        { numRuns: 300 },
      )
    })
  })
})
