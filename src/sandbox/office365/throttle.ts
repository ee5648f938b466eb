import { GraphError } from './graph/graphError.ts'

/** What one application may do to one mailbox ("Microsoft Graph service-specific throttling limits", *Outlook service limits*). */
export interface GraphLimits {
  readonly requests: number
  /** Milliseconds in which so many requests may be made. */
  readonly requestWindow: number
  /** Bytes of uploads (PATCH, POST, PUT). */
  readonly uploadBytes: number
  readonly uploadWindow: number
  /** Requests at once. */
  readonly concurrency: number
}

/** As published. */
export const publishedLimits: GraphLimits = {
  requests: 10_000,
  requestWindow: 10 * 60_000,
  uploadBytes: 150 * 1024 * 1024,
  uploadWindow: 5 * 60_000,
  concurrency: 4,
}

interface Budget {
  running: number
  /** Times of requests, oldest first. */
  readonly requests: number[]
  readonly uploads: { readonly at: number; readonly bytes: number }[]
}

export interface GraphThrottle {
  /** Nothing: unthrottled. May be changed at run time. */
  limits: GraphLimits | undefined
  /** Lets a request of an application to a mailbox in, until `release`; throws 429 with Retry-After where a limit is reached. */
  admit(appId: string, mailbox: string, uploadBytes: number): { release(): void }
  readonly peakConcurrency: number
  readonly refused: number
}

export function createThrottle(initial: Partial<GraphLimits> | undefined, now: () => number): GraphThrottle {
  const budgets = new Map<string, Budget>()
  let peakConcurrency = 0
  let refused = 0

  const refuse = (message: string, seconds: number): never => {
    refused++
    throw new GraphError(429, 'ApplicationThrottled', message, { 'retry-after': String(Math.max(1, Math.ceil(seconds))) })
  }

  const throttle: GraphThrottle = {
    limits: initial && { ...publishedLimits, ...initial },
    get peakConcurrency() {
      return peakConcurrency
    },
    get refused() {
      return refused
    },
    admit(appId, mailbox, uploadBytes) {
      const key = `${appId} ${mailbox}`
      const budget = budgets.get(key) ?? { running: 0, requests: [], uploads: [] }
      budgets.set(key, budget)
      const { limits } = throttle
      const time = now()
      if (limits) {
        forget(budget, limits, time)
        if (budget.running >= limits.concurrency) refuse('Application is over its MailboxConcurrency limit.', 1)
        const [oldest] = budget.requests
        if (oldest !== undefined && budget.requests.length >= limits.requests)
          refuse('Application is over its RequestCount limit.', (oldest + limits.requestWindow - time) / 1000)
        const uploaded = budget.uploads.reduce((sum, { bytes }) => sum + bytes, 0)
        const first = budget.uploads[0]
        if (first && uploaded + uploadBytes > limits.uploadBytes)
          refuse('Application is over its IncomingBytes limit.', (first.at + limits.uploadWindow - time) / 1000)
      }
      budget.requests.push(time)
      if (uploadBytes > 0) budget.uploads.push({ at: time, bytes: uploadBytes })
      budget.running++
      peakConcurrency = Math.max(peakConcurrency, budget.running)
      let running = true
      return {
        release() {
          if (running) budget.running--
          running = false
        },
      }
    },
  }
  return throttle
}

function forget({ requests, uploads }: Budget, { requestWindow, uploadWindow }: GraphLimits, now: number): void {
  const firstRequest = requests.findIndex(at => at > now - requestWindow)
  requests.splice(0, firstRequest === -1 ? requests.length : firstRequest)
  const firstUpload = uploads.findIndex(({ at }) => at > now - uploadWindow)
  uploads.splice(0, firstUpload === -1 ? uploads.length : firstUpload)
}
