import { isError, MailferryError } from '../../../domain/errors.ts'
import type { ReadItem } from '../../mailServer.ts'
import { reopened } from '../../reopened.ts'
import { contentStream, ItemGone } from './contentStream.ts'
import { describe, type Reading, unreadable } from './contents.ts'
import { createPatience, passes } from './send.ts'

/** Bytes of a large item that are held to save reading it twice. */
const mostHeld = 16_000_000

/**
 * Reads one large item, to be given out as a stream. Whoever takes it has to know the exact size beforehand, and Graph only tells an approximate one: so what
 * is too large to be held is read twice, first to be measured. Should it come out with another length, the stream breaks instead of giving out something cut.
 */
export async function readLarge(reading: Reading, id: string): Promise<ReadItem> {
  const results = new Map<string, ReadItem>()
  const details = reading.format === 'rfc822' ? (await describe(reading, [id], results)).get(id) : undefined
  const settled = results.get(id)
  if (settled) return settled
  try {
    const { size, chunks } = await measure(reading, id)
    const read = () => streamed(reading, id, size)
    const stream = reopened(chunks ? held(chunks) : read(), read)
    return { key: id, format: reading.format, content: { size, stream }, ...(details && { details }) }
  } catch (thrown) {
    if (thrown instanceof ItemGone) return { key: id, gone: true }
    if (isError(thrown, 'item.unreadable')) return { key: id, error: thrown }
    throw thrown
  }
}

async function measure(reading: Reading, id: string): Promise<{ readonly size: number; readonly chunks: Buffer[] | undefined }> {
  const patience = createPatience(reading.context, { operation: 'reading', signal: reading.signal })
  for (;;) {
    let chunks: Buffer[] = []
    let size = 0
    try {
      for await (const bytes of contentStream(reading, id)) {
        size += bytes.length
        if (size <= mostHeld) chunks.push(bytes)
        else chunks = []
      }
      if (size === 0) throw unreadable('an answer without content')
      return { size, chunks: size <= mostHeld ? chunks : undefined }
    } catch (thrown) {
      if (!passes(thrown)) throw thrown
      await patience.after(thrown)
    }
  }
}

/** Lets go of what has been taken. */
async function* held(chunks: Buffer[]): AsyncGenerator<Buffer> {
  for (let chunk = chunks.shift(); chunk; chunk = chunks.shift()) yield chunk
}

/** Asks again as long as nothing was given out. */
async function* streamed(reading: Reading, id: string, size: number): AsyncGenerator<Buffer> {
  const patience = createPatience(reading.context, { operation: 'reading', signal: reading.signal })
  const changed = (actual: number) => new MailferryError('item.changed', { expected: size, actual })
  let given = 0
  for (;;) {
    try {
      for await (const bytes of contentStream(reading, id)) {
        given += bytes.length
        if (given > size) throw changed(given)
        yield bytes
      }
      if (given !== size) throw changed(given)
      return
    } catch (thrown) {
      if (thrown instanceof ItemGone) throw changed(given)
      if (given > 0) throw thrown
      await patience.after(thrown)
    }
  }
}
