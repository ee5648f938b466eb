import type { SeedMessage } from '../support/mailbox.ts'
import { seeded } from '../support/random.ts'

export interface TortureMessage extends SeedMessage {
  /** What is hard about it. */
  readonly what: string
}

const lines = (...parts: readonly string[]): Buffer => Buffer.from(parts.join('\r\n'), 'latin1')

const plain = (id: string, ...more: readonly string[]): Buffer =>
  lines(
    'From: Ada <ada@example.com>',
    'To: Bob <bob@example.com>',
    'Subject: torture',
    `Message-ID: <${id}@example.com>`,
    ...more,
    '',
    'Body',
    '',
  )

/** Mails that are legal and rare, or illegal and common: each has been met in a real mailbox by somebody who moved it. */
export const tortureMessages = (): TortureMessage[] => [...identities(), ...characters(), ...shapes(), ...headers(), ...dates(), ...marks()]

const identities = (): TortureMessage[] => [
  { what: 'no Message-ID', body: lines('From: ada@example.com', 'Subject: who am I', '', 'Nobody knows', '') },
  { what: 'the first of three equal ones', body: plain('equal'), received: new Date('2021-05-05T05:05:05Z') },
  { what: 'the second of three equal ones', body: plain('equal'), received: new Date('2021-05-05T05:05:05Z') },
  { what: 'the third, with another date', body: plain('equal'), received: new Date('2021-05-06T05:05:05Z') },
  { what: 'the same Message-ID on another text', body: plain('equal', 'X-Version: 2') },
  { what: 'the same Message-ID and size, one byte different', body: plain('equal', 'X-Version: 3') },
  { what: 'two Message-IDs', body: plain('first', 'Message-ID: <second@example.com>') },
  { what: 'an empty Message-ID', body: lines('Message-ID:', 'Subject: nothing in it', '', 'x', '') },
  { what: 'a folded Message-ID', body: lines('Message-ID:', ' <folded@', ' example.com>', '', 'x', '') },
]

const characters = (): TortureMessage[] => [
  {
    what: '8-bit headers in Latin-1',
    body: lines('From: J\xf6rg M\xfcller <joerg@example.com>', 'Subject: Gr\xfc\xdfe aus K\xf6ln', '', 'na\xefve', ''),
  },
  { what: '8-bit headers in UTF-8', body: Buffer.from('From: Jörg <j@example.com>\r\nSubject: Προς όλους 📬\r\n\r\nΚαλημέρα\r\n') },
  {
    what: '8-bit headers in Shift-JIS',
    body: Buffer.concat([Buffer.from('Subject: '), Buffer.from([0x83, 0x5c, 0x95, 0x5c]), lines('', '', 'x', '')]),
  },
  { what: 'bare LF everywhere', body: Buffer.from('From: a@example.com\nSubject: unix\n\nOne\nTwo\n') },
  { what: 'LF and CRLF mixed', body: Buffer.from('From: a@example.com\r\nSubject: mixed\n\nOne\r\nTwo\nThree') },
  { what: 'bare CR', body: Buffer.from('Subject: old mac\r\n\r\nOne\rTwo\r\r\nThree\r') },
  { what: 'NUL in the body', body: lines('Subject: nul', '', 'before\0after', '') },
  {
    what: 'every byte there is',
    body: Buffer.concat([lines('Subject: binary', '', ''), Buffer.from(Uint8Array.from({ length: 256 }, (_, at) => at)), lines('', '')]),
  },
  { what: 'lines that look like IMAP', body: lines('Subject: * 1 FETCH (FLAGS (\\Deleted))', '', 'A1 OK done', '* BYE', '{10}', ')', '') },
  {
    what: 'lines that look like mbox',
    body: lines('From nobody Thu Jan  1 00:00:00 1970', 'Subject: from', '', 'From here on', '>From there', ''),
  },
  { what: 'a line with a single dot', body: lines('Subject: dot', '', '.', '..', '.', '') },
  { what: 'a UTF-8 byte order mark first', body: Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), plain('bom')]) },
]

const shapes = (): TortureMessage[] => [
  { what: 'nothing but an empty line', body: '\r\n' },
  { what: 'a single character', body: 'x' },
  { what: 'headers without an end', body: 'Subject: the end is' },
  { what: 'a body without headers', body: '\r\nOnly a body\r\n' },
  { what: 'no line end at the end', body: lines('Subject: cut', '', 'off') },
  { what: 'a line of 10 MB', body: Buffer.concat([lines('Subject: long', '', ''), Buffer.alloc(10_000_000, 'x'), lines('', '')]) },
  { what: 'two hundred thousand empty lines', body: Buffer.concat([lines('Subject: blank', '', ''), Buffer.from('\r\n'.repeat(200_000))]) },
  { what: 'a message in a message, 50 deep', body: nested(50) },
  {
    what: 'a boundary that never comes',
    body: lines('MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=never', '', 'No part at all', ''),
  },
  {
    what: 'a part that never ends',
    body: lines('Content-Type: multipart/mixed; boundary="b"', '', '--b', 'Content-Type: text/plain', '', 'open end'),
  },
  {
    what: 'a boundary longer than its line',
    body: lines(`Content-Type: multipart/mixed; boundary="${'b'.repeat(2000)}"`, '', `--${'b'.repeat(2000)}--`, ''),
  },
  {
    what: 'one boundary for two levels',
    body: lines(
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      '',
      'x',
      '--b--',
      '--b--',
      '',
    ),
  },
  { what: 'base64 that is none', body: lines('Content-Transfer-Encoding: base64', '', '!!! not base64 !!!', '=', '') },
  {
    what: 'an unknown character set and encoding',
    body: lines('Content-Type: text/plain; charset=klingon', 'Content-Transfer-Encoding: x-own', '', 'x', ''),
  },
  {
    what: 'a thousand empty parts',
    body: lines('Content-Type: multipart/mixed; boundary=b', '', ...Array.from({ length: 1000 }, () => '--b\r\n\r\n'), '--b--', ''),
  },
  { what: 'half a megabyte that no packer can shrink', body: Buffer.concat([lines('Subject: noise', '', ''), seeded(1).bytes(500_000)]) },
]

const headers = (): TortureMessage[] => [
  {
    what: '5,000 recipients',
    body: plain('all', `Cc: ${Array.from({ length: 5000 }, (_, at) => `person${at}@example.com`).join(',\r\n ')}`),
  },
  { what: 'a header of 1 MB in one line', body: plain('wide', `X-Wide: ${'w'.repeat(1_000_000)}`) },
  { what: '20,000 headers', body: plain('many', ...Array.from({ length: 20_000 }, (_, at) => `X-Header-${at}: ${at}`)) },
  { what: 'a header without a colon', body: lines('Subject: fine', 'this is no header', 'From: ada@example.com', '', 'x', '') },
  { what: 'a header without a name', body: lines(': nameless', 'Subject: fine', '', 'x', '') },
  { what: 'a space before the colon', body: lines('Subject : spaced', 'From\t: ada@example.com', '', 'x', '') },
  { what: 'a continuation line first', body: lines(' starts folded', 'Subject: fine', '', 'x', '') },
  { what: 'a folded line of spaces only', body: lines('Subject: a', '   ', ' b', 'From: ada@example.com', '', 'x', '') },
  { what: 'a Date that is none', body: plain('date', 'Date: the day before yesterday') },
  { what: "a copier's own header", body: plain('tuid', 'X-TUID: 8Bg5hXr9xKjL') },
]

/** Whole seconds: INTERNALDATE has no more. */
const dates = (): TortureMessage[] =>
  [
    '1970-01-01T00:00:00Z',
    '1970-01-01T00:00:01Z',
    '1999-12-31T23:59:59Z',
    '2000-02-29T23:59:59Z',
    '2016-12-31T23:59:59Z',
    '2024-02-29T00:00:00Z',
    '2025-03-30T01:30:00Z',
    '2025-10-26T01:30:00Z',
    '2037-12-31T23:59:59Z',
    '2038-01-19T03:14:07Z',
    '2038-01-19T03:14:08Z',
    '2099-12-31T23:59:59Z',
  ].map(date => ({ what: `received ${date}`, body: plain(`at-${date}`), received: new Date(date) }))

const marks = (): TortureMessage[] => [
  { what: 'every system flag but \\Deleted', body: plain('flags'), flags: ['\\Answered', '\\Draft', '\\Flagged', '\\Seen'] },
  { what: 'twenty-four keywords', body: plain('keywords'), flags: Array.from({ length: 24 }, (_, at) => `keyword${at}`) },
  { what: 'well-known keywords', body: plain('known'), flags: ['$Forwarded', '$MDNSent', '$Junk', 'NonJunk', '$label1', 'Old'] },
  { what: "a keyword of 50 characters, Dovecot's longest", body: plain('long'), flags: ['k'.repeat(50)] },
  { what: 'keywords with odd characters', body: plain('odd'), flags: ['a.b', 'a-b_c', "it's", '#1', '100', 'a+b=c', '&AOQ-'] },
]

function nested(depth: number): Buffer {
  let inner = 'Subject: innermost\r\n\r\nHello from below\r\n'
  for (let level = 0; level < depth; level++)
    inner = `Subject: level ${level}\r\nMIME-Version: 1.0\r\nContent-Type: message/rfc822\r\n\r\n${inner}`
  return Buffer.from(inner)
}
