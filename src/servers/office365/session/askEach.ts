import { isError, type MailferryError } from '../../../domain/errors.ts'
import { batchLimit } from '../graph/batchBody.ts'
import type { BatchRequest, GraphResponse } from '../graph/graphTransport.ts'
import { type Asking, createPatience, noteTime, passes, sendOnce, sendOptions } from './send.ts'
import { type SessionContext, sessionError, throwIfStopped } from './sessionContext.ts'

export interface EachRequest extends Asking {
  /** Requests of one batch; 20 unless told. */
  readonly most?: number
  request(key: string): BatchRequest
  /** What Graph says of one key: what was asked for, or why there is nothing. */
  answered(key: string, response: GraphResponse): void
  /** The server is well, but for this one item no answer can be had. Without it that ends everything. */
  unanswerable?(key: string, error: MailferryError): void
}

/** How often one item's request may fail inside the server, while others succeed. */
const triesEach = 4

/**
 * Asks about each key, in batches, until Graph has answered for it. What it was too busy for is asked for again, as is what failed inside the server; only for
 * requests that may be carried out twice.
 */
export async function askEach(context: SessionContext, keys: readonly string[], asking: EachRequest): Promise<void> {
  const patience = createPatience(context, asking)
  const failures = new Map<string, number>()
  let open = [...keys]
  while (open.length > 0) {
    throwIfStopped(asking.signal, asking.operation)
    const batch = open.slice(0, asking.most ?? batchLimit)
    const settled = new Set<string>()
    let failure: unknown
    try {
      for (const [index, response] of (await sendBatch(context, batch, asking)).entries()) {
        const key = batch[index]
        if (key === undefined) continue
        const error = response.error && sessionError(context, { operation: asking.operation }, response)
        if (error && passes(error)) failure = settleFailure(key, error) ? failure : (failure ?? error)
        else {
          asking.answered(key, response)
          settled.add(key)
        }
      }
    } catch (thrown) {
      failure = thrown
    }
    open = open.filter(key => !settled.has(key))
    if (settled.size > 0) patience.progress()
    if (failure !== undefined) await patience.after(failure)

    function settleFailure(key: string, error: MailferryError): boolean {
      if (isError(error, 'server.busy')) return false
      const times = (failures.get(key) ?? 0) + 1
      failures.set(key, times)
      if (times < triesEach || !asking.unanswerable) return false
      asking.unanswerable(key, error)
      settled.add(key)
      return true
    }
  }
}

/** A batch of one is none. */
async function sendBatch(
  context: SessionContext,
  keys: readonly string[],
  asking: Asking & Pick<EachRequest, 'request'>,
): Promise<readonly GraphResponse[]> {
  const requests = keys.map(key => asking.request(key))
  const [only] = requests
  if (requests.length === 1 && only) return [await sendOnce(context, only, asking)]
  const responses = await context.transport.batch(requests, sendOptions(context, asking))
  for (const response of responses) noteTime(context, response)
  return responses
}
