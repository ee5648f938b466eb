import type { TortureMessage } from './messages.ts'

const crlf = (text: string): Buffer => Buffer.from(text.replaceAll('\n', '\r\n'), 'latin1')

const about = (subject: string): string =>
  `From: Ada <ada@example.com>\nTo: Bob <bob@example.com>\nSubject: ${subject}\nMessage-ID: <${subject.replaceAll(' ', '.')}@odd.test>\nMIME-Version: 1.0\n`

const mixed = (subject: string, ...parts: readonly string[]): Buffer =>
  crlf(`${about(subject)}Content-Type: multipart/mixed; boundary="odd"\n\n${parts.map(part => `--odd\n${part}\n`).join('')}--odd--\n`)

const file = (headers: string, content = 'JVBERi0xLjQK'): string => `${headers}\nContent-Transfer-Encoding: base64\n\n${content}\n`

/** Messages whose structure is rare, damaged, or not what it says it is. */
export const oddMime = (): TortureMessage[] => [
  { what: 'multiparts 100 deep', body: deep(100) },
  {
    what: 'nothing but a file',
    body: crlf(
      `${about('only a file')}${file('Content-Type: application/pdf; name="only.pdf"\nContent-Disposition: attachment; filename="only.pdf"')}`,
    ),
  },
  { what: 'an empty text', body: crlf(`${about('empty')}Content-Type: text/plain\n\n`) },
  { what: 'an empty multipart', body: mixed('no parts') },
  {
    what: 'names by RFC 2231 in parts and percent signs',
    body: mixed(
      'names by 2231',
      'Content-Type: text/plain\n\nSee below.',
      file(
        "Content-Type: application/pdf\nContent-Disposition: attachment; filename*0*=UTF-8''%E2%82%AC%20; filename*1=rates; filename*2*=%20%C3%BC.pdf",
      ),
      file('Content-Type: application/pdf; name="=?utf-8?B?w5xiZXJzaWNodC5wZGY=?="\nContent-Disposition: attachment'),
    ),
  },
  {
    what: 'UTF-8 that says it is ASCII',
    body: Buffer.from(`${about('a lie').replaceAll('\n', '\r\n')}Content-Type: text/plain; charset=us-ascii\r\n\r\nGrüße, 你好\r\n`),
  },
  {
    what: 'Latin-1 that says it is UTF-8',
    body: crlf(`${about('another lie')}Content-Type: text/plain; charset=utf-8\n\nGr\xfc\xdfe aus K\xf6ln\n`),
  },
  {
    what: 'UTF-16 in base64',
    body: crlf(
      `${about('utf 16')}Content-Type: text/plain; charset=utf-16le\nContent-Transfer-Encoding: base64\n\n${Buffer.from('Grüße 你好', 'utf16le').toString('base64')}\n`,
    ),
  },
  { what: 'HTML in UTF-7', body: crlf(`${about('utf 7')}Content-Type: text/html; charset=utf-7\n\n<p>Gr+APwA3w-e</p>\n`) },
  {
    what: 'uuencoded in the text',
    body: crlf(`${about('uuencode')}\nHere it is:\n\nbegin 644 cat.txt\n#0V%T\n\`\nend\n`),
  },
  {
    what: 'a winmail.dat',
    body: mixed(
      'winmail',
      'Content-Type: text/plain\n\nRich.',
      file(
        'Content-Type: application/ms-tnef; name="winmail.dat"\nContent-Disposition: attachment; filename="winmail.dat"',
        Buffer.from('789f3e220000', 'hex').toString('base64'),
      ),
    ),
  },
  {
    what: 'every header twice',
    body: crlf(
      `${about('twice')}From: Eve <eve@example.com>\nTo: Carl <carl@example.com>\nSubject: another\nDate: Mon, 05 Jan 2026 10:00:00 +0000\nDate: Tue, 06 Jan 2026 10:00:00 +0000\nContent-Type: text/plain\nContent-Type: text/html\n\n<p>plain</p>\n`,
    ),
  },
  {
    what: 'two HTML texts and a plain footer',
    body: mixed(
      'footer',
      'Content-Type: text/html\n\n<p>One</p>',
      'Content-Type: text/html\n\n<p>Two</p>',
      'Content-Type: text/plain\n\nA list’s footer'.replace('’', "'"),
    ),
  },
  {
    what: 'an image that the text shows and one that it does not',
    body: crlf(
      `${about('images')}Content-Type: multipart/related; boundary="odd"\n\n--odd\nContent-Type: text/html\n\n<img src="cid:a@x">\n--odd\n${file('Content-Type: image/png\nContent-ID: <a@x>', 'iVBORw0K')}\n--odd\n${file('Content-Type: image/png\nContent-ID: <b@x>', 'iVBORw0L')}\n--odd--\n`,
    ),
  },
  {
    what: 'a delivery report',
    body: crlf(
      `${about('report')}Content-Type: multipart/report; report-type=delivery-status; boundary="odd"\n\n--odd\n\nNot delivered.\n--odd\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\nFinal-Recipient: rfc822; x@y\nAction: failed\nStatus: 5.1.1\n--odd\nContent-Type: message/rfc822\n\nSubject: the original\n\nText\n--odd--\n`,
    ),
  },
  {
    what: 'an invitation',
    body: crlf(
      `${about('meeting')}Content-Type: multipart/alternative; boundary="odd"\n\n--odd\nContent-Type: text/plain\n\nCome.\n--odd\nContent-Type: text/calendar; method=REQUEST\n\nBEGIN:VCALENDAR\nEND:VCALENDAR\n--odd--\n`,
    ),
  },
  {
    what: 'a file whose name is a path with a control character',
    body: mixed(
      'path',
      'Content-Type: text/plain\n\nx',
      file('Content-Type: application/octet-stream\nContent-Disposition: attachment; filename="..\\\\..\\\\con\x01.exe"'),
    ),
  },
  {
    what: 'a partial message',
    body: crlf(`${about('partial')}Content-Type: message/partial; id="x@y"; number=1; total=2\n\nSubject: whole\n\nFirst half\n`),
  },
  {
    what: 'a body that is only at another place',
    body: crlf(
      `${about('elsewhere')}Content-Type: message/external-body; access-type=URL; URL="https://example.com/x"\n\nContent-Type: text/plain\n\n`,
    ),
  },
  { what: 'a type that is none', body: crlf(`${about('no type')}Content-Type: text\nContent-Transfer-Encoding: 8 bit\n\nstill text\n`) },
  { what: 'an NUL in a header', body: crlf(`${about('nul\0in it')}\nx\n`) },
  { what: 'a lone surrogate', body: crlf(`${about('=?utf-8?B?7aCA?=')}Content-Type: text/plain; charset=utf-8\n\n\xed\xa0\x80 here\n`) },
]

function deep(levels: number): Buffer {
  let part = 'Content-Type: text/plain\n\nAt the bottom\n'
  for (let level = levels; level > 0; level--)
    part = `Content-Type: multipart/mixed; boundary="level${level}"\n\n--level${level}\n${part}\n--level${level}--\n`
  return crlf(`${about('deep')}${part}`)
}
