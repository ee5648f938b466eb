import { decodeText, decodeWords } from '../../domain/encodedWords.ts'
import { collapsed, fieldsOf } from '../../domain/headers.ts'
import { type Blocks, createBlocks } from './blocks.ts'
import { nameIn, readContents } from './readContents.ts'
import { contentType, type Part } from './readMime.ts'
import { afterHead, signedHead } from './signedWhole.ts'

export interface Attachment {
  readonly name: string
  /** In lower case, without parameters. */
  readonly type: string
  /** Without angles. */
  readonly contentId?: string
  /** Shown within the body. */
  readonly isInline: boolean
  readonly size: number
  /** Absent where it is too large to be held: `fileBytes` gives its bytes then. */
  readonly chunks?: readonly Buffer[]
}

/** S/MIME ([MS-OXOSMIME]): signed in the clear, or signed or encrypted in a form that only a mail program opens. */
export type Protection = 'clearSigned' | 'opaque'

export interface ParsedMessage {
  /** The header section, one character for each byte. */
  readonly head: string
  /** Unfolded, by their names in lower case; the first of each. */
  readonly fields: ReadonlyMap<string, string>
  /** Bytes of its texts, encoded as they came. */
  readonly textSize: number
  readonly html?: string
  readonly plain?: string
  readonly attachments: readonly Attachment[]
  readonly protection?: Protection
}

/** How much of a message is held, in bytes; all of it unless said. */
export interface ParseOptions {
  /** Of a longer text no more is told than its size. */
  readonly mostText?: number
  /** Files are held as they come while they fit in this. */
  readonly mostFiles?: number
}

/**
 * A message taken apart as a program shows it: one text, and files. Attached messages stay the bytes they are. Of a protected message the one file is the
 * protected content as [MS-OXOSMIME] wants it kept, its text what can be read of it. Holds decoded bytes and no others.
 */
export async function parseMessage(
  chunks: Iterable<Buffer> | AsyncIterable<Buffer>,
  { mostText, mostFiles = Number.POSITIVE_INFINITY }: ParseOptions = {},
): Promise<ParsedMessage> {
  let head = ''
  let fields: ReadonlyMap<string, string> = new Map()
  let protection: Protection | undefined
  let textSize = 0
  const texts: { html: string[]; plain: string[] } = { html: [], plain: [] }
  const attachments: Attachment[] = []
  let room = mostFiles
  let blocks = createBlocks()
  let open: { readonly part: Part; readonly isText: boolean } | undefined

  const reader = readContents({
    head(text) {
      head = text
      fields = firstFields(text)
      protection = protectionOf(fields)
    },
    begin(part, isText) {
      open = { part, isText }
      // The one file of a message that is signed in the clear is collected below.
      blocks = createBlocks(isText ? mostText : protection === 'clearSigned' ? 0 : room)
    },
    bytes: bytes => blocks.add(bytes),
    end() {
      if (!open) return
      const { part, isText } = open
      if (isText) {
        textSize += blocks.size
        if (blocks.isWhole) texts[part.type === 'text/html' ? 'html' : 'plain'].push(textOf(part, blocks))
        return
      }
      if (blocks.isWhole) room -= blocks.size
      attachments.push(attachmentOf(part, blocks, attachments.length + 1))
    },
  })
  const body = createBlocks(mostFiles)
  const collectBody = afterHead(bytes => body.add(bytes))
  for await (const chunk of chunks) {
    reader.write(chunk)
    if (head === '' || protection === 'clearSigned') collectBody(chunk)
  }
  reader.end()
  const files = protection === 'clearSigned' ? [signedWhole(fields, body)] : protection ? attachments.map(asProtected) : attachments
  return {
    head,
    fields,
    textSize,
    ...(texts.html.length > 0 && { html: texts.html.join('\r\n') }),
    ...(texts.plain.length > 0 && { plain: texts.plain.join('\r\n') }),
    attachments: files,
    ...(protection && { protection }),
  }
}

const textOf = ({ parameters }: Part, blocks: Blocks): string =>
  decodeText(Buffer.concat(blocks.chunks()), parameters.get('charset') ?? 'utf-8')

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

function signedWhole(fields: ReadonlyMap<string, string>, body: Blocks): Attachment {
  const head = signedHead(fields)
  const size = head.length + body.size
  return { name: 'smime.p7m', type: 'multipart/signed', isInline: false, size, ...(body.isWhole && { chunks: [head, ...body.chunks()] }) }
}

const asProtected = (file: Attachment): Attachment => ({ ...file, name: 'smime.p7m', type: 'application/pkcs7-mime', isInline: false })

function attachmentOf({ type, parameters, disposition, fields }: Part, blocks: Blocks, number: number): Attachment {
  const contentId = /<([^<>]+)>/.exec(fields.get('content-id') ?? '')?.[1]?.trim()
  const chunks = blocks.chunks()
  const isInline = contentId !== undefined && disposition !== 'attachment' && !type.startsWith('message/')
  const name = nameIn(parameters, fields) ?? usualName(type, chunks, number)
  return { name, type, ...(contentId && { contentId }), isInline, size: blocks.size, ...(blocks.isWhole && { chunks }) }
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
