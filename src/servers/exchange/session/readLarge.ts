import { isError, MailferryError } from '../../../domain/errors.ts'
import type { ReadItem } from '../../mailServer.ts'
import { reopened } from '../../reopened.ts'
import { RequestTrouble } from '../soap/answer.ts'
import { type Trouble, troubleOfMessage } from '../soap/trouble.ts'
import { askEach } from './askEach.ts'
import { contentRequest, type Described, describedBy, type Reading, unreadable } from './contents.ts'
import { createPatience, sendOnce } from './send.ts'
import { requestOf } from './sessionContext.ts'

/** Bytes of a large item that are held to save reading it twice. */
export const mostHeld = 16_000_000

interface Measured {
  readonly described: Described
  readonly size: number
  /** Of what can be held. */
  readonly chunks: Buffer[] | undefined
}

/**
 * Reads one large item, to be given out as a stream. Whoever takes it has to know the exact size beforehand (APPEND's literal, a request's
 * Content-Length), and Exchange only tells an approximate one: so what is too large to be held is read twice, first to be measured. Exchange composes
 * MIME from its properties each time; should it come out with another length, the stream breaks instead of giving out something cut.
 */
export async function readLarge(reading: Reading, id: string): Promise<ReadItem> {
  const { described, size, chunks } = await measure(reading, id)
  if ('gone' in described) return { key: id, gone: true }
  if ('error' in described) return { key: id, error: described.error }
  const { details } = described
  const read = () => streamed(reading, id, size)
  const stream = reopened(chunks ? held(chunks) : read(), read)
  return { key: id, format: reading.format, content: { size, stream }, ...(details && { details }) }
}

async function measure(reading: Reading, id: string): Promise<Measured> {
  const { context, folder, format, signal } = reading
  let chunks: Buffer[] = []
  let size = 0
  let measured: Measured | undefined
  await askEach(context, [id], {
    ...contentRequest(format),
    folder,
    signal,
    most: 1,
    content(bytes) {
      size += bytes.length
      if (size <= mostHeld) chunks.push(bytes)
      else chunks = []
    },
    discard() {
      chunks = []
      size = 0
    },
    answered(_, message, trouble) {
      measured = { described: describedBy(reading, message, trouble, size), size, chunks: size <= mostHeld ? chunks : undefined }
    },
    unanswerable(_, error) {
      measured = { described: { error: unreadable(error.code, error) }, size: 0, chunks: undefined }
    },
  }).catch((thrown: unknown) => {
    if (!isError(thrown, 'transfer.refused')) throw thrown
    measured = { described: { error: thrown }, size: 0, chunks: undefined }
  })
  return measured ?? { described: { error: unreadable('no answer') }, size: 0, chunks: undefined }
}

/** Lets go of what has been taken. */
async function* held(chunks: Buffer[]): AsyncGenerator<Buffer> {
  for (let chunk = chunks.shift(); chunk; chunk = chunks.shift()) yield chunk
}

/** Asks again as long as nothing was given out. */
async function* streamed(reading: Reading, id: string, size: number): AsyncGenerator<Buffer> {
  const { context, folder, format, signal } = reading
  const { operation, body } = contentRequest(format)
  const about = { operation, folder, signal }
  const patience = createPatience(context, about, signal)
  const changed = (actual: number) => new MailferryError('item.changed', { expected: size, actual })
  let given = 0
  for (;;) {
    try {
      let trouble: Trouble | undefined
      for await (const part of sendOnce(context, { ...about, body: requestOf(context, [body([id])]) })) {
        if ('message' in part) trouble = troubleOfMessage(part.message)
        if (!('bytes' in part)) continue
        given += part.bytes.length
        if (given > size) throw changed(given)
        yield part.bytes
      }
      if (given === size) return
      if (given > 0) throw changed(given)
      throw new RequestTrouble(trouble ?? { code: 'an answer without content', meaning: 'transient' })
    } catch (thrown) {
      if (given > 0 || isError(thrown, 'item.changed')) throw thrown
      await patience.after(thrown)
    }
  }
}
