import { setTimeout as sleep } from 'node:timers/promises'
import { isError } from '../../../domain/errors.ts'
import type { RequestBody } from '../../http/outgoing.ts'
import { type AnswerPart, RequestTrouble, readAnswer } from '../soap/answer.ts'
import type { Trouble } from '../soap/trouble.ts'
import { type About, type SessionContext, sessionError, throwIfStopped } from './sessionContext.ts'

export interface Request extends About {
  readonly body: RequestBody
  readonly signal: AbortSignal
  /** Called right before any bytes are sent; what it throws keeps the request from being carried out. */
  readonly beforeSend?: () => void
}

/** Milliseconds; a batch may run for one minute ("EWS throttling in Exchange"), and has to be queued and transferred too. */
const longestSilence = 180_000

/** Sends a request once and gives out its answer as it comes. Throws a `RequestTrouble` where the server refuses it as a whole. */
export async function* sendOnce(context: SessionContext, request: Request): AsyncGenerator<AnswerPart> {
  throwIfStopped(request.signal, request.operation)
  const { signal, body, beforeSend } = request
  const leave = await context.gate.enter(signal).catch((reason: unknown) => {
    throwIfStopped(signal, request.operation)
    throw reason
  })
  try {
    const response = await context.transport.post(body, {
      signal: AbortSignal.any([signal, context.options.signal]),
      mailbox: context.mailbox,
      timeoutMs: longestSilence,
      ...(beforeSend && { beforeSend }),
    })
    if (response.serverDate !== undefined) context.serverTime = response.serverDate
    yield* readAnswer(context.host, response)
  } catch (thrown) {
    const trouble = asTrouble(thrown)
    if (!trouble) throw thrown
    noteTrouble(context, trouble)
    throw new RequestTrouble(trouble)
  } finally {
    leave()
  }
}

/** What the transport throws for the front end's own refusals is the server's trouble like any other. */
function asTrouble(thrown: unknown): Trouble | undefined {
  if (thrown instanceof RequestTrouble) return thrown.trouble
  if (isError(thrown, 'server.busy')) {
    const { response, retryAfterMs } = thrown.params
    return { code: response, meaning: 'busy', ...(retryAfterMs !== undefined && { backOffMs: retryAfterMs }) }
  }
  if (isError(thrown, 'request.tooLarge')) return { code: 'HTTP 413', meaning: 'requestTooLarge' }
  return undefined
}

/** Milliseconds where a busy server names no time: its budgets recover within a minute, most of it in the first seconds. */
const usualBackOff = 5000

/** Makes the whole session, and whoever else listens, heed what the server said about its load. */
export function noteTrouble({ gate, options }: SessionContext, { code, meaning, backOffMs }: Trouble): void {
  if (meaning === 'tooManyConnections') gate.tooMany()
  if (meaning !== 'busy') return
  gate.busy(backOffMs ?? usualBackOff, code === 'ErrorServerBusy' && backOffMs !== undefined)
  options.onBusy?.(backOffMs)
}

/** How often a request is sent again that came to nothing, without any progress in between. */
const patience = { busy: 12, other: 4 }

/** Counts fruitless tries of something that may be tried again, and waits between them. */
export interface Patience {
  /**
   * Waits, or throws what it was where trying again would change nothing, or has been tried often enough. `less`: the next try asks for less, so it is
   * another one and isn't counted.
   */
  after(thrown: unknown, less?: boolean): Promise<void>
  /** Something came of it. */
  progress(): void
}

export function createPatience(context: SessionContext, about: About, signal: AbortSignal): Patience {
  let busy = 0
  let other = 0
  return {
    async after(thrown, less = false) {
      throwIfStopped(signal, about.operation)
      const trouble = thrown instanceof RequestTrouble ? thrown.trouble : undefined
      const error = trouble ? sessionError(context, about, trouble) : thrown
      if (trouble?.meaning === 'busy') {
        // The gate makes it wait.
        if (++busy > patience.busy) throw error
        return
      }
      const passes = trouble
        ? trouble.meaning === 'transient' ||
          trouble.meaning === 'timeout' ||
          trouble.meaning === 'tooManyConnections' ||
          trouble.meaning === 'notTried'
        : isError(thrown, 'server.dropped', 'server.stalled', 'server.protocol')
      if (!passes || (!less && ++other > patience.other)) throw error
      await sleep(context.pause * 2 ** Math.max(0, other - 1), undefined, { signal }).catch(() => throwIfStopped(signal, about.operation))
    },
    progress() {
      busy = 0
      other = 0
    },
  }
}
