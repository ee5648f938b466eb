import type { RequestFault, RequestInfo } from '../exchange/faults.ts'
import type { ThrottlingPolicy } from './policy.ts'

interface Budget {
  running: number
  /** Milliseconds of the server's time, as of `at`. */
  balance: number
  at: number
}

export type Admission =
  | { readonly kind: 'refused'; readonly fault: RequestFault }
  | {
      readonly kind: 'admitted'
      /** Charges what the answer cost; says how many milliseconds it is held back. */
      charge(bytes: number): number
      /** The answer has been sent, or never will be: until then the request counts as running. */
      release(): void
    }

export interface Throttle {
  /** Nothing: unthrottled. May be changed at run time. */
  policy: ThrottlingPolicy | undefined
  admit(request: RequestInfo): Admission
  /** The most requests that ran at once on one budget. */
  readonly peakConcurrency: number
  /** Requests refused so far. */
  readonly refused: number
  /** Milliseconds of the server's time that all budgets together were charged. */
  readonly used: number
  /** Full budgets, and all counting begun anew. */
  reset(): void
}

const hour = 3_600_000

/**
 * Exchange's budgets. Each caller has one; impersonating, one for each mailbox, apart from that mailbox's own user's ("EWS throttling in Exchange",
 * *impersonation*). What a request costs of the server's time is the sandbox's own estimate, the same on every machine.
 */
export function createThrottle(initial: ThrottlingPolicy | undefined, now: () => number): Throttle {
  const budgets = new Map<string, Budget>()
  let peakConcurrency = 0
  let refused = 0
  let used = 0

  const refuse = (fault: RequestFault): Admission => {
    refused++
    return { kind: 'refused', fault }
  }

  const throttle: Throttle = {
    policy: initial,
    get peakConcurrency() {
      return peakConcurrency
    },
    get refused() {
      return refused
    },
    get used() {
      return used
    },
    reset() {
      budgets.clear()
      peakConcurrency = 0
      refused = 0
      used = 0
    },
    admit(request) {
      const { policy } = throttle
      const budget = budgetOf(budgets, `${request.caller} ${request.actingAs}`, policy, now())
      if (policy !== undefined) {
        if (budget.running >= policy.ewsMaxConcurrency) return refuse({ code: 'ErrorExceededConnectionCount', as: 'fault' })
        const missing = -policy.ewsCutoffBalance - budget.balance
        if (missing >= 0) {
          const backOffMilliseconds = Math.floor((missing * hour) / policy.ewsRechargeRate) + 1
          return refuse({ code: 'ErrorServerBusy', backOffMilliseconds, as: 'fault' })
        }
      }
      budget.running++
      peakConcurrency = Math.max(peakConcurrency, budget.running)
      let running = true
      return {
        kind: 'admitted',
        charge(bytes) {
          if (policy === undefined) return 0
          const costs = cost(request, bytes)
          used += costs
          return charge(budget, policy, costs)
        },
        release() {
          if (running) budget.running--
          running = false
        },
      }
    },
  }
  return throttle
}

function budgetOf(budgets: Map<string, Budget>, key: string, policy: ThrottlingPolicy | undefined, now: number): Budget {
  const found = budgets.get(key)
  if (found === undefined) {
    const created = { running: 0, balance: policy?.ewsMaxBurst ?? 0, at: now }
    budgets.set(key, created)
    return created
  }
  if (policy !== undefined) {
    found.balance = Math.min(policy.ewsMaxBurst, found.balance + ((now - found.at) * policy.ewsRechargeRate) / hour)
    found.at = now
  }
  return found
}

/** Milliseconds: some for the request, more for each item, and for each megabyte either way. */
const cost = ({ count, size }: RequestInfo, bytes: number): number => 10 + 4 * count + (12 * (size + bytes)) / 1e6

/**
 * Takes what the request cost; answers the micro-delay in milliseconds. Overdrawn to the cutoff, a caller goes at the pace of the recharge; before that,
 * in proportion.
 */
function charge(budget: Budget, policy: ThrottlingPolicy, used: number): number {
  budget.balance -= used
  if (budget.balance >= 0) return 0
  const slowest = used * (hour / policy.ewsRechargeRate - 1)
  return Math.round(slowest * Math.min(1, -budget.balance / policy.ewsCutoffBalance))
}
