import type { Random } from '../random.ts'
import { base64Lines } from './base64Lines.ts'
import { encode } from './charsets.ts'
import { encodedWords, parameter, utf7Word } from './headerText.ts'
import { type Language, sentences } from './words.ts'

export interface Correspondent {
  readonly name: string
  readonly address: string
}

export interface MailSpec {
  /** Unique; goes into the boundary and the Message-ID. */
  readonly id: string
  readonly language: Language
  readonly from: Correspondent
  readonly to: readonly Correspondent[]
  readonly cc?: readonly Correspondent[]
  readonly subject: string
  readonly sent: Date
  /** Undefined: no Message-ID at all. */
  readonly messageId: string | undefined
  /** Message-IDs of the thread so far, oldest first. */
  readonly references?: readonly string[]
  readonly importance?: 'high' | 'low'
  readonly asksReceipt?: boolean
  readonly kind: MailKind
  /** Bytes of all attachments together, as they are sent; 0: none. */
  readonly attached: number
}

/** `plain` in the charset of old; `html` with a plain alternative and an image within; `signed` and `sealed` are S/MIME. */
export type MailKind = 'plain' | 'utf8' | 'html' | 'signed' | 'sealed'

const attachments = [
  'Angebot März.pdf',
  'figures.xlsx',
  'Протокол совещания и список участников.docx',
  '議事録.pdf',
  'scan0001.tif',
  'photo.jpg',
] as const
const types: Record<string, string> = {
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  tif: 'image/tiff',
  jpg: 'image/jpeg',
}

/** One message as mail programs write it, lines ending in CRLF. */
export function makeMail(random: Random, spec: MailSpec): Buffer {
  const head = Buffer.from(`${headers(random, spec).join('\r\n')}\r\n`, 'latin1')
  return Buffer.concat([head, ...(spec.attached > 0 ? withAttachments(random, spec) : bodyPart(random, spec))])
}

function headers(random: Random, { language, from, to, cc = [], sent, references = [], ...spec }: MailSpec): string[] {
  const charset = spec.kind === 'plain' ? language.charset : 'utf-8'
  const encoding = random.next() < 0.3 ? 'Q' : 'B'
  const person = ({ name, address }: Correspondent): string => `${encodedWords(name, charset, encoding)} <${address}>`
  const subject = random.next() < 0.01 ? utf7Word(spec.subject) : encodedWords(spec.subject, charset, encoding)
  return [
    `From: ${person(from)}`,
    `To: ${to.map(person).join(',\r\n ')}`,
    ...(cc.length > 0 ? [`Cc: ${cc.map(person).join(',\r\n ')}`] : []),
    `Subject: ${subject}`,
    `Date: ${sent.toUTCString().replace('GMT', '+0000')}`,
    ...(spec.messageId === undefined ? [] : [`Message-ID: ${spec.messageId}`]),
    ...(references.length > 0 ? [`In-Reply-To: ${references.at(-1)}`, `References: ${references.join('\r\n ')}`] : []),
    ...(spec.importance === undefined ? [] : [`Importance: ${spec.importance}`, `X-Priority: ${spec.importance === 'high' ? 1 : 5}`]),
    ...(spec.asksReceipt ? [`Disposition-Notification-To: <${from.address}>`] : []),
    'MIME-Version: 1.0',
  ]
}

function withAttachments(random: Random, spec: MailSpec): Buffer[] {
  const boundary = `----=_Mixed_${spec.id}`
  const count = random.next() < 0.8 ? 1 : random.between(2, 4)
  const files = Array.from({ length: count }, () => {
    const name = random.pick(attachments)
    const type = types[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream'
    return [
      Buffer.from(
        `--${boundary}\r\nContent-Type: ${type}${parameter('name', name)}\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment${parameter('filename', name)}\r\n\r\n`,
      ),
      base64Lines(random, Math.floor(spec.attached / count)),
    ]
  })
  return [
    Buffer.from(`Content-Type: multipart/mixed; boundary="${boundary}"\r\n\r\n--${boundary}\r\n`),
    ...bodyPart(random, spec),
    ...files.flat(),
    Buffer.from(`--${boundary}--\r\n`),
  ]
}

function bodyPart(random: Random, { kind, language, id }: MailSpec): Buffer[] {
  const text = sentences(random, language, random.between(1, 12))
  switch (kind) {
    case 'plain': {
      const bits = language.charset === 'iso-2022-jp' ? '7bit' : '8bit'
      return [
        Buffer.from(`Content-Type: text/plain; charset=${language.charset}\r\nContent-Transfer-Encoding: ${bits}\r\n\r\n`),
        encode(text, language.charset),
      ]
    }
    case 'utf8':
      return [
        Buffer.from(`Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n${wrapped(Buffer.from(text))}`),
      ]
    case 'html':
      return [Buffer.from(htmlPart(random, text, id))]
    case 'signed': {
      const boundary = `----=_Signed_${id}`
      return [
        Buffer.from(
          `Content-Type: multipart/signed; protocol="application/pkcs7-signature"; micalg=sha-256;\r\n boundary="${boundary}"\r\n\r\n--${boundary}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n${wrapped(Buffer.from(text))}\r\n--${boundary}\r\nContent-Type: application/pkcs7-signature; name="smime.p7s"\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename="smime.p7s"\r\n\r\n`,
        ),
        base64Lines(random, 3200),
        Buffer.from(`\r\n--${boundary}--\r\n`),
      ]
    }
    case 'sealed':
      return [
        Buffer.from(
          'Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name="smime.p7m"\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename="smime.p7m"\r\n\r\n',
        ),
        base64Lines(random, 4000 + text.length),
      ]
  }
}

/** The smallest GIF there is. */
const gif = 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7'

function htmlPart(random: Random, text: string, id: string): string {
  const [related, alternative] = [`----=_Related_${id}`, `----=_Alternative_${id}`]
  const html = `<html><body><p style="font-family:Calibri">${text.replaceAll('\r\n', '</p>\r\n<p>')}</p><img src="cid:logo.${id}"><table><tr><td>${random.between(1, 999)}</td></tr></table></body></html>\r\n`
  const part = (type: string, content: string): string =>
    `Content-Type: text/${type}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n${wrapped(Buffer.from(content))}`
  return `Content-Type: multipart/related; boundary="${related}"; type="multipart/alternative"\r\n\r\n--${related}\r\nContent-Type: multipart/alternative; boundary="${alternative}"\r\n\r\n--${alternative}\r\n${part('plain', text)}--${alternative}\r\n${part('html', html)}--${alternative}--\r\n\r\n--${related}\r\nContent-Type: image/gif; name="logo.gif"\r\nContent-ID: <logo.${id}>\r\nContent-Disposition: inline; filename="logo.gif"\r\nContent-Transfer-Encoding: base64\r\n\r\n${gif}\r\n--${related}--\r\n`
}

const wrapped = (content: Buffer): string => content.toString('base64').replace(/.{1,76}/g, '$&\r\n')
