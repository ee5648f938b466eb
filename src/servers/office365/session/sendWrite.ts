import { isError, MailferryError } from '../../../domain/errors.ts'
import type { OutgoingItem, WriteOptions } from '../../mailServer.ts'
import type { GraphResponse, SendOptions } from '../graph/graphTransport.ts'
import { createPatience, noteTime, sendOptions } from './send.ts'
import { beforeDeadline, type SessionContext, sessionError, throwIfStopped } from './sessionContext.ts'

/** What became of a request that must not be carried out twice. */
export type Sent =
  | { readonly state: 'answered'; readonly response: GraphResponse }
  /** It was surely not carried out. */
  | { readonly state: 'refused'; readonly error: MailferryError }
  | { readonly state: 'unknown'; readonly error: MailferryError }

export interface WriteRequest {
  readonly operation: string
  readonly options: WriteOptions
  /** Bytes of content in it. */
  readonly size: number
  /** A streamed item is used up once it was sent. */
  readonly mayRepeat: boolean
  send(options: SendOptions): Promise<GraphResponse>
}

/** Sends something that must not be done twice, before the deadline; again only where the server was too busy to look at it. Throws nothing. */
export async function sendWrite(context: SessionContext, { operation, options, size, mayRepeat, send }: WriteRequest): Promise<Sent> {
  const { signal } = options
  const patience = createPatience(context, { operation, signal })
  const inTime = beforeDeadline(context, options)
  for (;;) {
    let began = false
    const beforeSend = () => {
      inTime()
      began = true
    }
    try {
      throwIfStopped(signal, 'writing')
      await context.options.meter?.took(size)
      const response = await send(sendOptions(context, { operation, signal, beforeSend }))
      noteTime(context, response)
      return { state: 'answered', response }
    } catch (thrown) {
      const error = isError(thrown) ? thrown : new MailferryError('internal', { detail: String(thrown) }, { cause: thrown })
      if (isError(error, 'server.busy')) {
        if (!mayRepeat) return { state: 'refused', error }
        const waited = await patience.after(error).catch((reason: unknown) => (isError(reason) ? reason : error))
        if (waited instanceof MailferryError) return { state: 'refused', error: waited }
      } else return { state: began && !isSurelyUndone(error) ? 'unknown' : 'refused', error }
    } finally {
      if (began) context.lastWrite = performance.now()
    }
  }
}

/** A body that broke off leaves a request without its end, which no server carries out; nor does one that refuses the sign-in. */
const isSurelyUndone = (error: MailferryError): boolean =>
  isError(error, 'item.changed', 'lease.lost', 'item.unreadable') || (error.remedy === 'person' && !isError(error, 'stopped'))

/** What Graph said no to; that of an item's own is the item's. */
export function refusalOf(context: SessionContext, operation: string, { content }: OutgoingItem, response: GraphResponse): MailferryError {
  const error = sessionError(context, { operation }, response)
  const { size } = content
  if (isError(error, 'request.tooLarge') || /MessageSizeExceeded|AttachmentSizeLimitExceeded/i.test(response.error?.code ?? ''))
    return new MailferryError('item.tooLarge', { size, limit: mostOfMessage }, { cause: error })
  if (isError(error, 'server.refused')) return new MailferryError('item.rejected', { response: error.params.response }, { cause: error })
  return error
}

/** Bytes that Exchange Online takes at most, attachments encoded ("outlook-large-attachments"). */
export const mostOfMessage = 150 * 1024 * 1024
