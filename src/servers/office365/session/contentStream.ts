import { MailferryError } from '../../../domain/errors.ts'
import type { GraphRequest } from '../graph/graphTransport.ts'
import { type Reading, unreadable } from './contents.ts'
import { exportedStream } from './exportedStream.ts'
import { request as exportRequest } from './exportItems.ts'
import { sendOnce } from './send.ts'
import { isGone, messagePath, sessionError } from './sessionContext.ts'

/** The item that was to be streamed isn't there any more. */
export class ItemGone extends Error {}

/** One item's bytes as they arrive, asked for once. Throws `ItemGone`, `item.unreadable`, and what isn't about the item. */
export async function* contentStream(reading: Reading, id: string): AsyncGenerator<Buffer, void> {
  const { context, format, signal } = reading
  const request = format === 'rfc822' ? mime(reading, id) : exportRequest(reading, [id])
  const asking = { operation: format === 'rfc822' ? 'GET messages/{id}/$value' : 'POST exportItems', signal }
  const response = await sendOnce(context, { ...request, raw: true }, asking)
  if (isGone(response)) throw new ItemGone()
  if (response.error) {
    const error = sessionError(context, asking, response)
    throw error.remedy === 'permanent' ? unreadable(response.error.code, error) : error
  }
  const stream = response.stream ?? (response.bytes ? [response.bytes] : [])
  if (format === 'rfc822') return yield* stream
  let given = 0
  try {
    for await (const bytes of exportedStream(from(stream))) {
      given += bytes.length
      yield bytes
    }
  } catch (thrown) {
    if (!(thrown instanceof SyntaxError)) throw thrown
    throw new MailferryError('server.protocol', { host: context.host, detail: thrown.message }, { cause: thrown })
  }
  if (given === 0) throw unreadable('an answer without content')
}

async function* from(stream: AsyncIterable<Buffer> | Iterable<Buffer>): AsyncGenerator<Buffer, void> {
  yield* stream
}

const mime = ({ context }: Reading, id: string): GraphRequest => ({ method: 'GET', path: `${messagePath(context, id)}/$value` })
