import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { stopped } from '../../stopped.ts'
import { adaptiveLimit } from './adaptiveLimit.ts'
import { applicationAtOnce, type GraphLimits } from './limits.ts'
import { windowLimit } from './windowLimit.ts'

/** What a request will take of the limits. */
export interface Load {
  /** The mailbox it is about; directory requests have none. */
  readonly mailbox: string | undefined
  /** A batch is as many as are in it. */
  readonly requests: number
  readonly bytes: number
  readonly signal: AbortSignal
  /** Told in milliseconds before a wait that a limit or the server asks for. */
  readonly onBusy: ((ms: number) => void) | undefined
}

export interface Passage {
  /** The server let it through. */
  succeeded(): void
  /** The server asks for patience: all requests of this mailbox wait so long. `concurrency`: because there were too many at once. */
  refused(retryAfterMs: number | undefined, concurrency: boolean): void
  /** The request is over, whatever became of it. */
  leave(): void
}

/** Lets requests through as the limits of their mailbox allow, so that none is wasted on a limit that is known. */
export interface Gate {
  enter(load: Load): Promise<Passage>
}

/** Where the server names no time. */
const defaultPatience = 10_000

/** Longest that a server's word is taken for; it may say it again. */
const longestPatience = 3_600_000

export function createGate(limits: GraphLimits): Gate {
  const application = adaptiveLimit({ start: applicationAtOnce, least: limits.atOnce, most: applicationAtOnce })
  const mailboxes = new Map<string, ReturnType<typeof mailboxState>>()
  const stateOf = (mailbox: string | undefined) => {
    const key = mailbox?.toLowerCase() ?? ''
    const known = mailboxes.get(key) ?? mailboxState(limits)
    mailboxes.set(key, known)
    return known
  }

  return {
    async enter({ mailbox, requests, bytes, signal, onBusy }) {
      const state = stateOf(mailbox)
      const places = Math.min(requests, limits.atOnce)
      const leaveMailbox = await state.atOnce.take(places, signal)
      const left: (() => void)[] = [leaveMailbox]
      try {
        left.push(await application.take(places, signal))
        for (let ms = state.wait(requests, bytes); ms > 0; ms = state.wait(requests, bytes)) {
          onBusy?.(ms)
          await sleep(ms, undefined, { signal }).catch(() => {
            throw stopped(signal, 'request')
          })
        }
        state.requests.use(requests)
        if (bytes > 0) state.uploads.use(bytes)
      } catch (error) {
        for (const leave of left) leave()
        throw error
      }
      return {
        succeeded() {
          state.atOnce.succeeded()
          application.succeeded()
        },
        refused(retryAfterMs = defaultPatience, concurrency) {
          // What was on its way together is refused together, and counts once.
          if (concurrency && !state.held()) {
            // One request alone can't be too many for a mailbox: then it is the whole application that is counted.
            if (state.atOnce.limit === 1) application.refused()
            state.atOnce.refused()
          }
          state.hold(Math.min(retryAfterMs, longestPatience))
        },
        leave() {
          for (const leave of left) leave()
        },
      }
    },
  }
}

function mailboxState({ requests, uploads, atOnce }: GraphLimits) {
  const state = { requests: windowLimit(requests), uploads: windowLimit(uploads) }
  let heldUntil = 0
  return {
    ...state,
    atOnce: adaptiveLimit({ start: atOnce, least: 1, most: atOnce }),
    held: () => heldUntil > performance.now(),
    hold(ms: number) {
      heldUntil = Math.max(heldUntil, performance.now() + ms)
    },
    wait(count: number, bytes: number): number {
      const bytesWait = bytes > 0 ? state.uploads.wait(bytes) : 0
      return Math.ceil(Math.max(heldUntil - performance.now(), state.requests.wait(count), bytesWait))
    },
  }
}
