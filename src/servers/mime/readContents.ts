import { parametersOf, parameterText } from './parameters.ts'
import { type Part, readMime } from './readMime.ts'

/** What a reader of a message's texts and files is told, in the order of its bytes. */
export interface ContentsSink {
  /** The header section of the message, one character for each byte. */
  head(text: string): void
  /** A text of the message itself begins, or a file. */
  begin(part: Part, isText: boolean): void
  /** Decoded bytes of it. */
  bytes(bytes: Buffer): void
  end(): void
}

/** Tells a message's texts from its files while it is read; attached messages are files, as the bytes they are. */
export function readContents(sink: ContentsSink) {
  let hasHtml = false
  return readMime(
    {
      message: head => sink.head(head),
      leaf(part) {
        const isText = isBody(part, hasHtml)
        hasHtml ||= isText && part.type === 'text/html'
        sink.begin(part, isText)
      },
      bytes: bytes => sink.bytes(bytes),
      leafEnd: () => sink.end(),
      messageEnd() {},
    },
    { keepMessages: true },
  )
}

/** Whether a part is text of the message itself: not a file, and not a plain footer behind an HTML text, which would be lost beside it. */
export const isBody = ({ type, parameters, disposition, fields, within }: Part, afterHtml: boolean): boolean =>
  (type === 'text/html' || type === 'text/plain') &&
  disposition !== 'attachment' &&
  nameIn(parameters, fields) === undefined &&
  !(type === 'text/plain' && afterHtml && within !== 'multipart/alternative')

/** The name that a part gives its file. */
export function nameIn(parameters: ReadonlyMap<string, string>, fields: ReadonlyMap<string, string>): string | undefined {
  const disposition = parametersOf(fields.get('content-disposition') ?? '')
  const name = parameterText(disposition, 'filename') ?? parameterText(parameters, 'name')
  // Control characters and paths are nobody's names.
  const clean = name?.replace(/[\0-\x1f\x7f]/g, '').trim()
  return clean === undefined || clean === '' ? undefined : clean
}
