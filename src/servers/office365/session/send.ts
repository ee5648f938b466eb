import { setTimeout as sleep } from 'node:timers/promises'
import { isError, type MailferryError } from '../../../domain/errors.ts'
import type { GraphRequest, GraphResponse, SendOptions } from '../graph/graphTransport.ts'
import { countedAs } from '../limits/limits.ts'
import { type About, type SessionContext, sessionError, throwIfStopped } from './sessionContext.ts'

export interface Asking extends About {
  readonly signal: AbortSignal
  /** Called right before any bytes are sent; what it throws keeps the request from being carried out. */
  readonly beforeSend?: () => void
}

/** Milliseconds without a byte; Graph gives up on Exchange earlier. */
const longestSilence = 180_000

export const sendOptions = (context: Pick<SessionContext, 'owner' | 'options'>, { signal, beforeSend }: Asking): SendOptions => ({
  signal: AbortSignal.any([signal, context.options.signal]),
  mailbox: countedAs(context.owner),
  timeoutMs: longestSilence,
  onBusy: ms => context.options.onBusy?.(ms),
  ...(beforeSend && { beforeSend }),
})

/** Sends a request once. Throws what says nothing about the thing asked for. */
export async function sendOnce(context: SessionContext, request: GraphRequest, asking: Asking): Promise<GraphResponse> {
  throwIfStopped(asking.signal, asking.operation)
  const response = await context.transport.send(request, sendOptions(context, asking))
  noteTime(context, response)
  return response
}

export function noteTime(context: SessionContext, response: GraphResponse): void {
  const time = Date.parse(response.header('date') ?? '')
  if (!Number.isNaN(time)) context.serverTime = time
}

/** Asks something that may be asked again, until there is an answer. Throws one of our errors where Graph refuses, or only where `allowed` doesn't. */
export async function ask(
  context: SessionContext,
  request: GraphRequest,
  asking: Asking,
  allowed: (response: GraphResponse) => boolean = never,
): Promise<GraphResponse> {
  const patience = createPatience(context, asking)
  for (;;) {
    try {
      const response = await sendOnce(context, request, asking)
      if (!response.error || allowed(response)) return response
      throw sessionError(context, asking, response)
    } catch (thrown) {
      await patience.after(thrown)
    }
  }
}

const never = () => false

/** How often a request is sent again that came to nothing, without any progress in between. */
const patience = { busy: 12, other: 4 }

/** Counts fruitless tries of something that may be tried again, and waits between them. */
export interface Patience {
  /** Waits, or throws what it was where trying again would change nothing, or has been tried often enough. */
  after(thrown: unknown): Promise<void>
  /** Something came of it. */
  progress(): void
}

export function createPatience({ pause }: Pick<SessionContext, 'pause'>, { operation, signal }: Asking): Patience {
  let busy = 0
  let other = 0
  return {
    async after(thrown) {
      throwIfStopped(signal, operation)
      if (isError(thrown, 'server.busy')) {
        // The transport makes the next one wait.
        if (++busy > patience.busy) throw thrown
        return
      }
      if (!passes(thrown) || ++other > patience.other) throw thrown
      await sleep(pause * 2 ** (other - 1), undefined, { signal }).catch(() => throwIfStopped(signal, operation))
    },
    progress() {
      busy = 0
      other = 0
    },
  }
}

/** What may be otherwise when it is tried again. */
export const passes = (thrown: unknown): thrown is MailferryError =>
  isError(thrown, 'server.busy', 'server.dropped', 'server.stalled', 'server.protocol', 'server.webPage')
