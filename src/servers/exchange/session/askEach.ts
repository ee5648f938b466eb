import { isError, type MailferryError } from '../../../domain/errors.ts'
import { RequestTrouble } from '../soap/answer.ts'
import type { XmlNode } from '../soap/node.ts'
import { type Trouble, troubleOfMessage } from '../soap/trouble.ts'
import { ask } from './ask.ts'
import { getFolder } from './operations.ts'
import { createPatience, noteTrouble, sendOnce } from './send.ts'
import { type About, distinguishedFolder, requestOf, type SessionContext } from './sessionContext.ts'

export interface EachRequest extends About {
  readonly signal: AbortSignal
  /** Items of one request. */
  readonly most: number
  /** Called right before any bytes are sent; what it throws ends it. */
  readonly beforeSend?: () => void
  /** The operation's element for some keys. */
  body(keys: readonly string[]): string
  /** What the server says of one key: its message, or why there is nothing. */
  answered(key: string, message: XmlNode, trouble: Trouble | undefined): void
  /** The next bytes of the content that belongs to the coming message. */
  content?(bytes: Buffer): void
  /** Content given so far belongs to no message: another begins, or the answer broke off. */
  discard?(): void
  /** The server is well, but for this one item no answer can be had. Without it that ends everything. */
  unanswerable?(key: string, error: MailferryError): void
}

/**
 * Asks about each key until the server has answered for it, in requests of some at once: what a partly failed, cut or too slow answer left open is
 * asked for again, in smaller requests where one took too long or broke off, so that a single item at fault doesn't keep out the others.
 */
export async function askEach(context: SessionContext, keys: readonly string[], request: EachRequest): Promise<void> {
  let open = [...keys]
  let size = request.most
  const patience = createPatience(context, request, request.signal)
  while (open.length > 0) {
    const batch = open.slice(0, size)
    const settled = new Set<string>()
    let failure: unknown
    try {
      await askOnce(context, request, batch, settled)
    } catch (thrown) {
      failure = thrown
    }
    request.discard?.()
    open = open.filter(key => !settled.has(key))
    if (settled.size > 0) patience.progress()
    else failure ??= new RequestTrouble({ code: 'no answer for any item', meaning: 'transient' })
    if (failure === undefined) {
      size = Math.min(request.most, size * 2)
      continue
    }
    // Whatever it was that took too long or broke the answer: less of it at once.
    if (!isLoad(failure)) size = Math.max(1, batch.length >> 1)
    try {
      await patience.after(failure, size < batch.length)
    } catch (error) {
      const [key] = batch
      if (batch.length > 1 || key === undefined || !request.unanswerable || !isOurs(error) || isLoad(failure)) throw error
      await probe(context, request.signal)
      request.unanswerable(key, error)
      open = open.filter(one => one !== key)
      patience.progress()
      size = request.most
    }
  }
}

/** What says nothing about the items asked for. */
const isLoad = (failure: unknown): boolean =>
  failure instanceof RequestTrouble && (failure.trouble.meaning === 'busy' || failure.trouble.meaning === 'tooManyConnections')

const isOurs = (error: unknown): error is MailferryError =>
  isError(error, 'server.busy', 'server.dropped', 'server.stalled', 'server.protocol')

/** Whether the server answers at all. */
async function probe(context: SessionContext, signal: AbortSignal): Promise<void> {
  const body = requestOf(context, [getFolder([distinguishedFolder(context, 'msgfolderroot')], '')])
  await ask(context, { operation: 'GetFolder', body, signal })
}

async function askOnce(context: SessionContext, request: EachRequest, batch: readonly string[], settled: Set<string>): Promise<void> {
  let index = 0
  let passing: Trouble | undefined
  for await (const part of sendOnce(context, { ...request, body: requestOf(context, [request.body(batch)]) })) {
    if ('bytes' in part) request.content?.(part.bytes)
    if (!('message' in part)) continue
    const key = batch[index++]
    const trouble = troubleOfMessage(part.message)
    if (key !== undefined) {
      if (trouble && passes(trouble)) {
        // At once, while this request counts: when it leaves the gate, others go in.
        if (!passing) noteTrouble(context, trouble)
        passing ??= trouble
      } else {
        request.answered(key, part.message, trouble)
        settled.add(key)
      }
    }
    request.discard?.()
  }
  if (passing) throw new RequestTrouble(passing)
}

/** Troubles that say nothing about the item they are told of. */
const passes = ({ meaning }: Trouble): boolean =>
  meaning === 'busy' || meaning === 'tooManyConnections' || meaning === 'timeout' || meaning === 'transient' || meaning === 'notTried'
