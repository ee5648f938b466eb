import { createHash } from 'node:crypto'
import type { Attachment } from '../attachment.ts'
import type { ItemContent } from '../item.ts'
import { keys, textOf } from '../properties.ts'
import { child, childText, type XmlElement } from '../xml/tree.ts'
import { type Headers, header } from './headers.ts'
import { partText, readParts } from './parts.ts'
import { bodiesOf } from './readMessage.ts'

/** Fields Exchange has no property for, and keeps as they came. */
const kept =
  /^(received|return-path|authentication-results|list-.*|x-.*|thread-.*|auto-submitted|precedence|disposition-notification-to|return-receipt-to|content-language|accept-language)$/i

/**
 * Composes a message from an item's properties, as Exchange does when MIME is asked for: its own order and folding of the header, its own boundaries,
 * an HTML part where there was only text; fields Exchange doesn't know are dropped.
 */
export function composeMessage(item: ItemContent): Buffer {
  // What is signed or sealed is kept as the blob it is, by Exchange too (MS-OXOSMIME).
  if (/^IPM\.Note\.SMIME/i.test(item.itemClass)) {
    if (item.mime) return item.mime
    const [blob] = item.attachments
    if (blob && item.attachments.length === 1) return composeProtected(item, blob)
  }
  const { text, html } = bodyTexts(item)
  const old = item.mime ? readParts(item.mime).headers : []
  const boundary = boundaryFor(item)
  const alternative = multipart('alternative', `${boundary}_000`, [
    textPart('text/plain', text ?? plainFrom(html ?? '')),
    textPart('text/html', html ?? htmlFrom(text ?? '')),
  ])
  const body =
    item.attachments.length > 0 ? multipart('mixed', `${boundary}_001`, [alternative, ...item.attachments.map(filePart)]) : alternative
  const header = [...headerLines(item, old), 'MIME-Version: 1.0'].join('\r\n')
  // The body is octets in Latin 1: all is encoded but enclosed messages, which come as they are.
  return Buffer.concat([Buffer.from(`${header}\r\n`), Buffer.from(body, 'latin1')])
}

/** What was signed in the clear is an attachment with its own Content-Type in front; what is opaque is the bytes alone. */
function composeProtected(item: ItemContent, { contentType, content }: Attachment): Buffer {
  const header = [...headerLines(item, []), 'MIME-Version: 1.0'].join('\r\n')
  if (contentType === 'multipart/signed') return Buffer.concat([Buffer.from(`${header}\r\n`), content()])
  const type = 'Content-Type: application/pkcs7-mime; name="smime.p7m"\r\nContent-Transfer-Encoding: base64'
  return Buffer.from(`${header}\r\n${type}\r\n\r\n${lines(content().toString('base64'))}`)
}

function filePart({ name, contentType, contentId, isInline, content }: Attachment): string {
  const isMessage = contentType === 'message/rfc822'
  const bytes = content()
  return [
    `Content-Type: ${contentType}; name="${encodeWord(name)}"`,
    `Content-Description: ${encodeWord(name)}`,
    `Content-Disposition: ${isInline ? 'inline' : 'attachment'}; filename="${encodeWord(name)}"`,
    ...(contentId ? [`Content-ID: <${contentId}>`] : []),
    `Content-Transfer-Encoding: ${isMessage ? '8bit' : 'base64'}`,
    '',
    isMessage ? bytes.toString('latin1') : lines(bytes.toString('base64')),
  ].join('\r\n')
}

/** An item's bodies, out of its properties or else its MIME. */
export function bodyTexts(item: ItemContent): { readonly text: string | undefined; readonly html: string | undefined } {
  const text = textOf(item.properties, keys.body)
  const html = textOf(item.properties, keys.html)
  if (text !== undefined || html !== undefined || !item.mime) {
    return { text, html: html === undefined ? undefined : Buffer.from(html, 'base64').toString('utf8') }
  }
  const bodies = bodiesOf(readParts(item.mime))
  return { text: bodies.text && partText(item.mime, bodies.text), html: bodies.html && partText(item.mime, bodies.html) }
}

function headerLines({ properties, elements }: ItemContent, old: Headers): string[] {
  const field = (name: string, value: string | undefined): string[] => (value ? [`${name}: ${value}`] : [])
  const importance = textOf(properties, keys.importance)
  const sent = textOf(properties, keys.clientSubmitTime)
  return [
    ...old.filter(({ name }) => kept.test(name)).flatMap(({ name, value }) => field(name, fold(value))),
    ...field('From', addressList(elements.get('From') ?? elements.get('Sender'))),
    ...field('To', addressList(elements.get('ToRecipients'))),
    ...field('CC', addressList(elements.get('CcRecipients'))),
    ...field('Reply-To', addressList(elements.get('ReplyTo'))),
    ...field('Subject', encodeWord(textOf(properties, keys.subject) ?? '')),
    ...field('Thread-Topic', header(old, 'Thread-Topic') ? undefined : encodeWord(textOf(properties, keys.conversationTopic) ?? '')),
    ...field('Date', sent && new Date(sent).toUTCString().replace('GMT', '+0000')),
    ...field('Importance', importance === '2' ? 'high' : importance === '0' ? 'low' : undefined),
    ...field('Message-ID', textOf(properties, keys.internetMessageId)),
    ...field('References', textOf(properties, keys.references) && fold(textOf(properties, keys.references) ?? '')),
    ...field('In-Reply-To', textOf(properties, keys.inReplyTo)),
    ...field(
      'Disposition-Notification-To',
      header(old, 'Disposition-Notification-To') || textOf(properties, keys.readReceiptRequested) !== 'true'
        ? undefined
        : addressList(elements.get('From')),
    ),
    'Content-Language: en-US',
  ]
}

export const addressesOf = (recipients: XmlElement | undefined): { readonly name: string; readonly address: string }[] =>
  (recipients?.children ?? []).map(one => {
    const mailbox = one.name === 'Attendee' ? child(one, 'Mailbox') : one
    return { name: childText(mailbox, 'Name') ?? '', address: childText(mailbox, 'EmailAddress') ?? '' }
  })

const addressList = (recipients: XmlElement | undefined): string =>
  addressesOf(recipients)
    .map(({ name, address }) => (name && name !== address ? `${quoted(name)} <${address}>` : `<${address}>`))
    .join(',\r\n\t')

const quoted = (name: string): string =>
  /^[\w .'-]*$/.test(name) ? name : /[^\x20-\x7e]/.test(name) ? encodeWord(name) : JSON.stringify(name)

/** Breaks at spaces, in time that grows with the length alone. */
function fold(value: string): string {
  const [first = '', ...words] = value.split(' ')
  let [folded, length] = [first, first.length]
  for (const word of words) {
    const wraps = word !== '' && length + 1 + word.length > 76
    folded += wraps ? `\r\n ${word}` : ` ${word}`
    length = 1 + word.length + (wraps ? 0 : length)
  }
  return folded
}

/** RFC 2047, in words that are short enough and cut no character. */
function encodeWord(text: string): string {
  if (!/[^\x20-\x7e]|=\?/.test(text)) return text
  const words: string[] = []
  let word = ''
  for (const one of text) {
    if (Buffer.byteLength(word + one) > 42) {
      words.push(word)
      word = ''
    }
    word += one
  }
  return [...words, word].map(one => `=?utf-8?B?${Buffer.from(one).toString('base64')}?=`).join('\r\n ')
}

const lines = (base64: string): string => base64.replace(/(.{76})/g, '$1\r\n')

const textPart = (type: string, text: string): string =>
  `Content-Type: ${type}; charset="utf-8"\r\nContent-Transfer-Encoding: base64\r\n\r\n${lines(Buffer.from(text).toString('base64'))}`

const multipart = (subtype: string, boundary: string, parts: readonly string[]): string =>
  `Content-Type: multipart/${subtype};\r\n\tboundary="${boundary}"\r\n\r\n${parts.map(part => `--${boundary}\r\n${part}\r\n`).join('\r\n')}\r\n--${boundary}--\r\n`

/** Another one for every item, the same every time the item is read. */
const boundaryFor = ({ properties }: ItemContent): string =>
  `_${createHash('sha256')
    .update(textOf(properties, keys.searchKey) ?? '')
    .digest('hex')
    .slice(0, 32)
    .toUpperCase()}`

const plainFrom = (html: string): string =>
  html
    .replace(/<(style|script)[\s\S]*?<\/\1>/gi, '')
    .replace(/<(br|\/p|\/div|\/tr)[^>]*>/gi, '\r\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&nbsp;/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')

const htmlFrom = (text: string): string =>
  `<html>\r\n<head>\r\n<meta http-equiv="Content-Type" content="text/html; charset=utf-8">\r\n</head>\r\n<body>\r\n<pre>${text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')}</pre>\r\n</body>\r\n</html>\r\n`
