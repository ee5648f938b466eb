import { seeded } from '../random.ts'

/** What a connection, a proxy or IIS can do to a request; what EWS itself refuses is in the organisation's `faults`. */
export type Trouble =
  /** The connection breaks off: before anything was done, or after everything was. */
  | { readonly kind: 'dropBefore' | 'dropAfter' }
  /** The answer breaks off after this part of its bytes, 0 to 1; half of them unless said. */
  | { readonly kind: 'cut'; readonly after?: number }
  /** Everything is done, and the answer comes late. */
  | { readonly kind: 'delay'; readonly milliseconds: number }
  /** The answer comes in pieces of so many bytes, with a pause between them. */
  | { readonly kind: 'slow'; readonly bytes: number; readonly milliseconds: number }
  /** Nothing comes, and the connection stays open. */
  | { readonly kind: 'hang' }
  /** A page of HTML with status 200 in place of SOAP, as a forms-based sign-in in front of Exchange answers. */
  | { readonly kind: 'signInPage' }
  /** 302 to Outlook on the web. */
  | { readonly kind: 'owaRedirect' }
  /** A SOAP fault, followed on the same connection by what belongs to no answer. */
  | { readonly kind: 'faultThenRubbish' }
  /** An answer of status 200 whose XML isn't well formed. */
  | { readonly kind: 'brokenXml' }
  /** IIS queues no more: 503, with or without `Retry-After`. */
  | { readonly kind: 'unavailable'; readonly retryAfterSeconds?: number }
  /** Any status with an HTML page, such as a gateway's 502. */
  | { readonly kind: 'status'; readonly status: number }

export interface TroubleRule {
  readonly trouble: Trouble
  /** EWS operations it strikes (`GetItem`); all requests to EWS unless said. Autodiscover's requests are called `Autodiscover`. */
  readonly operations?: readonly string[]
  /** So many that match are let pass first. */
  readonly skip?: number
  /** Strikes so often at most. */
  readonly times?: number
  /** Strikes with this probability, 0 to 1. */
  readonly chance?: number
}

/** The troubles in force; several rules may be, and the first that strikes is taken. */
export interface Troubles {
  add(rule: TroubleRule): void
  clear(): void
  /** How often anything struck. */
  readonly struck: number
  next(operation: string): Trouble | undefined
}

/** The same seed and the same requests meet the same troubles. */
export function createTroubles(seed: number): Troubles {
  const random = seeded(seed)
  let rules: { readonly rule: TroubleRule; seen: number; struck: number }[] = []
  let struck = 0
  return {
    add: rule => void rules.push({ rule, seen: 0, struck: 0 }),
    clear() {
      rules = []
    },
    get struck() {
      return struck
    },
    next(operation) {
      for (const entry of rules) {
        const { operations, skip = 0, times = Number.POSITIVE_INFINITY, chance = 1, trouble } = entry.rule
        const concerned = operations === undefined ? operation !== 'Autodiscover' : operations.includes(operation)
        if (!concerned || entry.struck >= times || entry.seen++ < skip || random.next() >= chance) continue
        entry.struck++
        struck++
        return trouble
      }
      return undefined
    },
  }
}
