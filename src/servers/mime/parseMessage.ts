import { decodeText, decodeWords } from '../../domain/encodedWords.ts'
import { collapsed, fieldsOf } from '../../domain/headers.ts'
import { type Blocks, createBlocks } from './blocks.ts'
import { parametersOf, parameterText } from './parameters.ts'
import { contentType, type Part, readMime } from './readMime.ts'

export interface Attachment {
  readonly name: string
  /** In lower case, without parameters. */
  readonly type: string
  /** Without angles. */
  readonly contentId?: string
  /** Shown within the body. */
  readonly isInline: boolean
  readonly size: number
  readonly chunks: readonly Buffer[]
}

/** S/MIME ([MS-OXOSMIME]): signed in the clear, or signed or encrypted in a form that only a mail program opens. */
export type Protection = 'clearSigned' | 'opaque'

export interface ParsedMessage {
  /** The header section, one character for each byte. */
  readonly head: string
  /** Unfolded, by their names in lower case; the first of each. */
  readonly fields: ReadonlyMap<string, string>
  readonly html?: string
  readonly plain?: string
  readonly attachments: readonly Attachment[]
  readonly protection?: Protection
}

/**
 * A message taken apart as a program shows it: one text, and files. Attached messages stay the bytes they are. Of a protected message the one file is the
 * protected content as [MS-OXOSMIME] wants it kept, its text what can be read of it. Holds decoded bytes and no others.
 */
export async function parseMessage(chunks: Iterable<Buffer> | AsyncIterable<Buffer>): Promise<ParsedMessage> {
  let head = ''
  let fields: ReadonlyMap<string, string> = new Map()
  let protection: Protection | undefined
  let raw: Blocks | undefined = createBlocks()
  const bodies: { html: string[]; plain: string[] } = { html: [], plain: [] }
  const attachments: Attachment[] = []
  let blocks = createBlocks()
  let part: Part | undefined

  const reader = readMime(
    {
      message(text) {
        head = text
        fields = firstFields(text)
        protection = protectionOf(fields)
      },
      leaf(begun) {
        part = begun
        blocks = createBlocks()
      },
      bytes: bytes => blocks.add(bytes),
      leafEnd() {
        if (!part) return
        if (isBody(part, bodies.html.length > 0)) {
          const text = decodeText(Buffer.concat(blocks.chunks()), part.parameters.get('charset') ?? 'utf-8')
          bodies[part.type === 'text/html' ? 'html' : 'plain'].push(text)
        } else attachments.push(attachmentOf(part, blocks, attachments.length + 1))
      },
      messageEnd() {},
    },
    { keepMessages: true },
  )
  for await (const chunk of chunks) {
    raw?.add(chunk)
    reader.write(chunk)
    if (head !== '' && protection !== 'clearSigned') raw = undefined
  }
  reader.end()
  const files = protection === 'clearSigned' && raw ? [signedWhole(fields, raw)] : protection ? attachments.map(asProtected) : attachments
  return {
    head,
    fields,
    ...(bodies.html.length > 0 && { html: bodies.html.join('\r\n') }),
    ...(bodies.plain.length > 0 && { plain: bodies.plain.join('\r\n') }),
    attachments: files,
    ...(protection && { protection }),
  }
}

/** Whether a part is text of the message itself: not a file, and not a plain footer behind an HTML text, which would be lost beside it. */
export const isBody = ({ type, parameters, disposition, fields, within }: Part, afterHtml: boolean): boolean =>
  (type === 'text/html' || type === 'text/plain') &&
  disposition !== 'attachment' &&
  nameIn(parameters, fields) === undefined &&
  !(type === 'text/plain' && afterHtml && within !== 'multipart/alternative')

function firstFields(head: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>()
  for (const { name, value } of fieldsOf(head)) if (!fields.has(name)) fields.set(name, value)
  return fields
}

function protectionOf(fields: ReadonlyMap<string, string>): Protection | undefined {
  const { type, parameters } = contentType(fields.get('content-type'))
  if (type === 'multipart/signed' && /pkcs7-signature$/i.test(parameters.get('protocol') ?? '')) return 'clearSigned'
  return /^application\/(x-)?pkcs7-mime$/.test(type) ? 'opaque' : undefined
}

/** [MS-OXOSMIME] 2.1.3.1: the content that was signed together with its signature, as one attachment. */
function signedWhole(fields: ReadonlyMap<string, string>, raw: Blocks): Attachment {
  const bytes = Buffer.concat(raw.chunks())
  const end = /\r?\n\r?\n/.exec(bytes.toString('latin1', 0, Math.min(bytes.length, 1 << 20)))
  const body = end ? bytes.subarray(end.index + end[0].length) : Buffer.alloc(0)
  const type = collapsed(fields.get('content-type') ?? 'multipart/signed')
  const chunks = [Buffer.from(`Content-Type: ${type}\r\n\r\n`, 'latin1'), body]
  return { name: 'smime.p7m', type: 'multipart/signed', isInline: false, size: chunks.reduce((sum, { length }) => sum + length, 0), chunks }
}

const asProtected = (file: Attachment): Attachment => ({ ...file, name: 'smime.p7m', type: 'application/pkcs7-mime', isInline: false })

function attachmentOf({ type, parameters, disposition, fields }: Part, blocks: Blocks, number: number): Attachment {
  const contentId = /<([^<>]+)>/.exec(fields.get('content-id') ?? '')?.[1]?.trim()
  const chunks = blocks.chunks()
  const isInline = contentId !== undefined && disposition !== 'attachment' && !type.startsWith('message/')
  const name = nameIn(parameters, fields) ?? usualName(type, chunks, number)
  return { name, type, ...(contentId && { contentId }), isInline, size: blocks.size, chunks }
}

function nameIn(parameters: ReadonlyMap<string, string>, fields: ReadonlyMap<string, string>): string | undefined {
  const disposition = parametersOf(fields.get('content-disposition') ?? '')
  const name = parameterText(disposition, 'filename') ?? parameterText(parameters, 'name')
  // Control characters and paths are nobody's names.
  const clean = name?.replace(/[\0-\x1f\x7f]/g, '').trim()
  return clean === undefined || clean === '' ? undefined : clean
}

const endings: Readonly<Record<string, string>> = {
  'text/plain': 'txt',
  'text/html': 'htm',
  'text/calendar': 'ics',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/gif': 'gif',
  'application/pdf': 'pdf',
}

/** What Exchange calls files without a name; an attached message is called as it is about. */
function usualName(type: string, chunks: readonly Buffer[], number: number): string {
  if (type === 'message/rfc822') {
    const subject = firstFields(chunks[0]?.toString('latin1') ?? '').get('subject')
    const words = collapsed(decodeWords(subject ?? '')).replace(/[\\/:*?"<>|]/g, '_')
    return `${words.slice(0, 200) || `ATT${String(number).padStart(5, '0')}`}.eml`
  }
  return `ATT${String(number).padStart(5, '0')}.${endings[type] ?? 'dat'}`
}
