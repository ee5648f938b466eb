import type { Content, StreamedContent } from '../../mailServer.ts'
import type { FetchSink } from './fetchParser.ts'
import { createInlet, type Holdable } from './inlet.ts'

/** Bytes of a streamed message that may wait in memory. */
const streamRoom = 1 << 20

export interface BodyCollector extends FetchSink {
  /** By UID. */
  readonly contents: ReadonlyMap<number, Content>
  /** What the server has and couldn't give. */
  readonly nil: ReadonlySet<number>
  /** What was larger than the limit and let go. */
  readonly large: ReadonlySet<number>
  /** Resolves when all that was wanted has come. The server's OK may come much later: Dovecot keeps it back while it works at the next command. */
  readonly complete: Promise<void>
}

/** Keeps the messages wanted as they arrive, as the pieces the network gave, up to `limit` bytes each. */
export function bodyCollector(wanted: ReadonlySet<number>, limit: number): BodyCollector {
  const contents = new Map<number, Content>()
  const nil = new Set<number>()
  const large = new Set<number>()
  let chunks: Buffer[] = []
  let size = 0
  const { promise: complete, resolve } = Promise.withResolvers<void>()
  return {
    complete,
    wants: uid => wanted.has(uid),
    isComplete: () => contents.size === wanted.size,
    contents,
    nil,
    large,
    bodyStart(announced) {
      size = announced
      chunks = []
    },
    bodyChunk(bytes) {
      if (size <= limit) chunks.push(bytes)
    },
    fetched({ uid, body }) {
      if (uid === 0 || body === 'absent') return
      if (body === 'nil') nil.add(uid)
      else if (!wanted.has(uid)) return
      else if (size > limit) large.add(uid)
      else contents.set(uid, { size, chunks })
      if (contents.size === wanted.size) resolve()
      chunks = []
    },
  }
}

export interface BodyStream extends FetchSink {
  /** As soon as the message begins to arrive; undefined where the command ended without one. */
  readonly content: Promise<StreamedContent | undefined>
  /** The command was answered, or can't be any more. */
  end(error?: unknown): void
  /** Nobody wants the rest. */
  abandon(): void
}

/** Passes on one message while it arrives, and holds the wire when its taker is slower than the network. */
export function bodyStream(wire: Holdable): BodyStream {
  const { promise: content, resolve, reject } = Promise.withResolvers<StreamedContent | undefined>()
  content.catch(() => {})
  const inlet = createInlet<Buffer>(wire, streamRoom)
  let begun = false
  return {
    content,
    bodyStart(size) {
      // A second message can't be meant; its bytes belong to nobody.
      if (begun) return inlet.end()
      begun = true
      resolve({ size, stream: taken(inlet) })
    },
    bodyChunk(bytes) {
      inlet.push(bytes, bytes.length)
    },
    fetched({ body }) {
      if (body !== 'absent') inlet.end()
    },
    end(error) {
      if (error !== undefined) {
        inlet.fail(error)
        reject(error)
      } else {
        inlet.end()
        resolve(undefined)
      }
    },
    abandon: () => inlet.abandon(),
  }
}

async function* taken(inlet: ReturnType<typeof createInlet<Buffer>>): AsyncGenerator<Buffer> {
  try {
    for (let chunk = await inlet.take(); chunk; chunk = await inlet.take()) yield chunk
  } finally {
    inlet.abandon()
  }
}
