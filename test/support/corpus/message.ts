import { base64Lines } from '../../../src/sandbox/seed/base64Lines.ts'
import { anyLanguage, type Language, paragraph } from '../../../src/sandbox/seed/words.ts'
import type { Random } from '../random.ts'

export interface MessageSpec {
  /** Bytes of the whole, met to within a line or two. */
  readonly size: number
  readonly sent: Date
  /** Unique in the corpus; goes into the Message-ID. */
  readonly id: string
  readonly withoutMessageId: boolean
}

/** One message as a mail program writes it: a text, and an attachment for what is left of its size. */
export function makeMessage(random: Random, spec: MessageSpec): Buffer {
  const language = anyLanguage(random)
  const head = headers(random, language, spec)
  const left = spec.size - head.length - textHead.length
  if (spec.size < 4000) return Buffer.from(`${head}${textHead}${paragraph(random, language, left)}`)

  const mixed = `Content-Type: multipart/mixed; boundary="=_${spec.id}"\r\n\r\n--=_${spec.id}\r\n`
  const text = paragraph(random, language, Math.min(6000, left * 0.5))
  const start = `${head}${mixed}${textHead}${text}--=_${spec.id}\r\n${attachmentHead(spec.id)}`
  const end = `--=_${spec.id}--\r\n`
  return Buffer.concat([Buffer.from(start), base64Lines(random, spec.size - start.length - end.length), Buffer.from(end)])
}

const textHead = 'Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n'

const attachmentHead = (id: string): string =>
  [
    `Content-Type: application/pdf; name="${id}.pdf"`,
    'Content-Transfer-Encoding: base64',
    `Content-Disposition: attachment; filename="${id}.pdf"`,
    '',
    '',
  ].join('\r\n')

function headers(random: Random, language: Language, { sent, id, withoutMessageId }: MessageSpec): string {
  const date = sent.toUTCString().replace('GMT', '+0000')
  const [from, to] = [random.pick(language.people), random.pick(language.people)]
  const relay = `from mx${random.between(1, 9)}.example.net (mx.example.net [192.0.2.${random.between(1, 254)}])\r\n\tby mail.old.test (Postfix) with ESMTPS id ${id}\r\n\tfor <me@old.test>; ${date}`
  return [
    'Return-Path: <bounce@example.net>',
    `Received: ${relay}`,
    `From: ${encodedWord(from)} <${address(random)}>`,
    `To: ${encodedWord(to)} <me@old.test>`,
    `Subject: ${encodedWord(random.pick(language.subjects))}`,
    `Date: ${date}`,
    ...(withoutMessageId ? [] : [`Message-ID: <${id}@example.net>`]),
    'MIME-Version: 1.0',
    '',
  ].join('\r\n')
}

const address = (random: Random): string => `user${random.between(1, 400)}@example.net`

/** RFC 2047, where it is needed. */
const encodedWord = (text: string): string => (/^[\x20-\x7e]*$/.test(text) ? text : `=?UTF-8?B?${Buffer.from(text).toString('base64')}?=`)
