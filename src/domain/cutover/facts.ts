import type { Connection } from '../connection.ts'
import type { DeltaPolicy } from '../job.ts'
import type { Tick, TickStep } from './step.ts'

/** What is known of a connection that takes part. Times are ISO 8601, UTC. */
export interface ConnectionFacts {
  readonly connection: Connection
  /** When this domain's change was declared for it, unless that was taken back. */
  readonly declaredAt?: string
  /** When a check found that this domain's change had made it stale. */
  readonly foundStaleAt?: string
  /** When it was last reconfigured because of this domain. */
  readonly reconfiguredAt?: string
  /** Jobs that use it and run. */
  readonly running: readonly string[]
  /** Of the jobs' mailboxes on its side: today's addresses in the domain, and how many had one there. */
  readonly users: readonly string[]
  readonly formerUsers: number
  /** Live, where the server lists its mailboxes: addresses in the domain that are in no job. */
  readonly others?: readonly string[]
}

export interface JobFacts {
  readonly name: string
  /** Names of its connections. */
  readonly source: string
  readonly target: string
  readonly policy: DeltaPolicy
  readonly cutOver: boolean
  readonly pairs: number
  /** How many of them are through, and when the earliest of those was. */
  readonly completed: number
  readonly oldest?: string
  readonly refreshed?: { readonly at: string; readonly unsure: number }
  /** `different`: what differed when both sides were last compared. */
  readonly verified?: { readonly at: string; readonly different: number }
}

/** What DNS and Autodiscover answer in this moment; absent where they weren't asked or didn't answer. */
export interface LiveFacts {
  /** The hosts by preference; `ttl` in seconds, as the domain's own name servers have it, where one of them answered. */
  readonly mx?: { readonly hosts: readonly string[]; readonly ttl?: number }
  /** Host of the Autodiscover that answers for the domain. */
  readonly autodiscover?: string
}

export interface CutoverFacts {
  readonly domain: string
  readonly now: string
  readonly sources: readonly ConnectionFacts[]
  readonly targets: readonly ConnectionFacts[]
  readonly jobs: readonly JobFacts[]
  readonly ticks: Readonly<Partial<Record<TickStep, Tick>>>
  readonly live?: LiveFacts
}

/** The later of two times, either of which may be unknown. */
export const later = (a: string | undefined, b: string | undefined): string | undefined =>
  a === undefined || (b !== undefined && b > a) ? b : a

/** Since when a connection is known to have been touched by the domain's change. */
export const touchedAt = ({ declaredAt, foundStaleAt }: ConnectionFacts): string | undefined => later(declaredAt, foundStaleAt)

/** Why DNS tells nothing. */
export const silent = (live: LiveFacts | undefined): string => (live === undefined ? 'DNS wasn’t asked yet' : 'DNS didn’t answer')
