import { createHash, type Hash } from 'node:crypto'
import { decodeText, decodeWords } from '../../domain/encodedWords.ts'
import { collapsed, dateSeconds, fieldsOf } from '../../domain/headers.ts'
import { isBody } from '../../servers/mime/readContents.ts'
import { readMime } from '../../servers/mime/readMime.ts'
import { htmlText } from './htmlText.ts'

/**
 * WHAT COUNTS AS THE SAME MESSAGE where a server doesn't give back the bytes it was given. Exchange keeps a message as properties and composes MIME from them:
 * boundaries, encodings, folding, header order and most headers are new each time, an HTML body may be added to a plain one and a plain one to an HTML one.
 * Two messages have the same content when these are equal:
 * - the date to the second where both have one (Exchange gives one where there was none), the decoded subject, and the addresses (without regard to case, and to names) in From, To and Cc;
 * - the text that a reader sees, all white space left out: of the HTML bodies where there are any, else of the plain ones;
 * - the decoded bytes of every attachment, embedded images included, in any order, and the content of attached messages by the same rules.
 * Not compared: other headers (Message-ID too, which Exchange gives where there was none), names and types of attachments, line ends within plain text
 * attachments, and parts that Exchange derives from properties (`text/calendar`, `application/ms-tnef`).
 */
interface Message {
  readonly date: string
  readonly envelope: string
  readonly html: Hash
  readonly plain: Hash
  hasHtml: boolean
  readonly attachments: string[]
}

/** Of a longer text only this much is looked at, and the number of its bytes. */
const longestText = 8 << 20

const derived = /^(text\/calendar|application\/ms-tnef|application\/vnd\.ms-tnef)$/

/** A hash of a message's content, and its date behind it where it has one, for `samePrint` to compare; the bytes are read once and not kept. */
export async function contentPrint(chunks: Iterable<Buffer> | AsyncIterable<Buffer>): Promise<string> {
  const printer = createPrinter()
  for await (const chunk of chunks) printer.write(chunk)
  return printer.end()
}

/** Whether two prints are of the same content. */
export function samePrint(one: string, other: string): boolean {
  const [[content, date], [otherContent, otherDate]] = [one.split(' '), other.split(' ')]
  return content === otherContent && (date === undefined || otherDate === undefined || date === otherDate)
}

interface Leaf {
  take(bytes: Buffer): void
  end(): void
}

function createPrinter() {
  const open: Message[] = []
  let result = ''
  let leaf: Leaf | undefined
  const reader = readMime({
    message: head => void open.push({ ...envelopeOf(head), html: sha(), plain: sha(), hasHtml: false, attachments: [] }),
    leaf(part) {
      const message = open.at(-1)
      const { type, parameters } = part
      if (!message || derived.test(type)) leaf = undefined
      else if (isBody(part, message.hasHtml)) leaf = textLeaf(message, type, parameters.get('charset') ?? 'utf-8')
      // Encoded, against RFC 2046 section 5.2.1, as servers do that were given a message as a file.
      else if (type === 'message/rfc822') leaf = messageLeaf(message)
      else leaf = attachmentLeaf(message, type.startsWith('text/'))
    },
    bytes: bytes => leaf?.take(bytes),
    leafEnd() {
      leaf?.end()
      leaf = undefined
    },
    messageEnd() {
      const message = open.pop()
      if (!message) return
      const text = (message.hasHtml ? message.html : message.plain).digest('hex')
      const content = sha().update(JSON.stringify([message.envelope, text, message.attachments.toSorted()]))
      result = [content.digest('hex'), ...(message.date === '' ? [] : [message.date])].join(' ')
      open.at(-1)?.attachments.push(result)
    },
  })
  return {
    write: (chunk: Buffer) => reader.write(chunk),
    end(): string {
      reader.end()
      return result
    },
  }
}

const [cr, lf] = [13, 10]

const sha = (): Hash => createHash('sha256')

function textLeaf(message: Message, type: string, charset: string): Leaf {
  const held: Buffer[] = []
  let size = 0
  return {
    take(bytes: Buffer) {
      if (size < longestText) held.push(bytes)
      size += bytes.length
    },
    end() {
      const decoded = decodeText(Buffer.concat(held), charset)
      const text = (type === 'text/html' ? htmlText(decoded) : decoded).replace(/[\s\u200b\ufeff]+/g, '').normalize('NFC')
      const rest = size > longestText ? String(size) : ''
      if (type === 'text/html') message.hasHtml = true
      ;(type === 'text/html' ? message.html : message.plain).update(text + rest)
    },
  }
}

function attachmentLeaf({ attachments }: Message, isText: boolean): Leaf {
  const hash = sha()
  return {
    take: (bytes: Buffer) => void hash.update(isText ? bytes.filter(byte => byte !== cr && byte !== lf) : bytes),
    end: () => void attachments.push(hash.digest('hex')),
  }
}

function messageLeaf({ attachments }: Message): Leaf {
  const printer = createPrinter()
  return { take: bytes => printer.write(bytes), end: () => void attachments.push(printer.end()) }
}

function envelopeOf(head: string): Pick<Message, 'date' | 'envelope'> {
  const fields = new Map<string, string[]>()
  for (const { name, value } of fieldsOf(head)) fields.set(name, [...(fields.get(name) ?? []), value])
  const [date, subject] = ['date', 'subject'].map(name => fields.get(name)?.[0] ?? '')
  const addresses = (name: string): string[] => [
    ...new Set(
      (fields.get(name) ?? [])
        .flatMap(value => collapsed(value).match(/[^\s<>",;:()]+@[^\s<>",;:()]+/g) ?? [])
        .map(one => one.toLowerCase()),
    ),
  ]
  return {
    date: String(dateSeconds(date ?? '') ?? ''),
    envelope: JSON.stringify([
      collapsed(decodeWords(subject ?? '')).normalize('NFC'),
      addresses('from'),
      addresses('to').toSorted(),
      addresses('cc').toSorted(),
    ]),
  }
}
