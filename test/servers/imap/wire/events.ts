import { createResponseReader } from '../../../../src/servers/imap/wire/responseReader.ts'
import { createSegmenter } from '../../../../src/servers/imap/wire/segmenter.ts'

/** What a byte stream of a server means, in a form to compare; a message's content as one string however it came. */
export type Event =
  | { readonly fetched: Record<string, unknown>; readonly body?: string }
  | { readonly data: readonly [kind: string, number: number, rest: string] }
  | { readonly note: string }
  | { readonly tagged: string }
  | 'ready'

/** Reads a stream cut into chunks at will. */
export function eventsOf(chunks: Iterable<Buffer>): Event[] {
  const events: Event[] = []
  let body: Buffer[] | undefined
  let announced = 0
  const push = createSegmenter(
    'imap.example.com',
    createResponseReader('imap.example.com', {
      fetch: {
        bodyStart(size) {
          body = []
          announced = size
        },
        bodyChunk(bytes) {
          body?.push(bytes)
        },
        fetched(fields) {
          const content = body && Buffer.concat(body)
          if (content && content.length !== announced) throw new Error('another size than announced')
          const told = Object.entries(fields).filter(
            ([, value]) => value !== undefined && value !== 0 && value !== -1 && !Number.isNaN(value),
          )
          events.push({ fetched: Object.fromEntries(told), ...(content && { body: content.toString('latin1') }) })
          body = undefined
        },
      },
      data: (kind, number, rest) => events.push({ data: [kind, number, rest] }),
      note: ({ status, code, args, text }) => events.push({ note: [status, code, args, text].join('|') }),
      tagged: (tag, { status, code, args, text }) => events.push({ tagged: [tag, status, code, args, text].join('|') }),
      ready: () => events.push('ready'),
    }),
  )
  for (const chunk of chunks) push(chunk)
  return events
}

export const eventsOfText = (...lines: string[]): Event[] => eventsOf([Buffer.from(lines.map(line => `${line}\r\n`).join(''), 'latin1')])
