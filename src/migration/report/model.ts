import type { DeltaPolicy, Filters } from '../../domain/job.ts'
import type { Language } from '../../domain/language.ts'
import type { ContentFormat, FolderRole, ItemKey } from '../../domain/mail.ts'
import type { NotExamined } from '../../domain/notExamined.ts'
import type { PairState } from '../../domain/pair.ts'

/** What of a job was migrated and what wasn't, from the ledger alone. Names folders, dates, sizes and keys; never a message's content, nor its subject. */
export interface Report {
  /** Of this model; grows when a field changes its meaning or goes. */
  readonly format: 1
  /** Of its sentences; codes and field names are the same in all. */
  readonly language: Language
  readonly version: string
  /** When the ledger was read: ISO 8601, UTC. A job that runs goes on meanwhile. */
  readonly at: string
  readonly job: ReportJob
  readonly source: ReportConnection
  readonly target: ReportConnection
  readonly verdict: Verdict
  readonly pairs: number
  readonly states: Readonly<Partial<Record<PairState['state'], number>>>
  readonly totals: Totals
  /** What else belongs to the source's mailboxes, that nobody looked at. */
  readonly notExamined: readonly NotExamined[]
  /** Why items are listed, most frequent first. */
  readonly reasons: readonly ReasonCount[]
  /** Reads the ledger as it is asked for, pair by pair, in the order they are worked on. */
  pairReports(): AsyncIterable<PairReport>
  /** Every item that is listed, by pair, in pages. */
  items(): AsyncIterable<readonly ListedItem[]>
}

/**
 * `complete`: every item within the filters was migrated and read back. `differences`: all mailboxes are through, and some items are listed as not migrated.
 * `incomplete`: some mailboxes aren't through.
 */
export type Verdict = 'complete' | 'differences' | 'incomplete'

export interface ReportJob {
  readonly name: string
  readonly policy: DeltaPolicy
  readonly filters: Filters
  /** How content was carried so far: `rfc822` as a message, `fts` and `mailboxItem` as Exchange's and as Office 365's own full-fidelity stream. */
  readonly contentFormats: readonly ContentFormat[]
  /** ISO 8601, UTC. */
  readonly created: string
}

export interface ReportConnection {
  readonly name: string
  readonly kind: string
  /** `mail.example.com:993`, where there is a host. */
  readonly server?: string
  readonly serverVersion?: string
  /** When it was last verified: ISO 8601, UTC. */
  readonly verified?: string
}

export interface Amount {
  readonly items: number
  readonly bytes: number
}

/** Items are counted once each. */
export interface Totals {
  /** In the source when it was last read. */
  readonly source: Amount
  /** In the target as far as this job knows: what it wrote, adopted, and kept although the source no longer has it. */
  readonly target: Amount
  readonly written: Amount
  /** Found in the target already and matched one to one. */
  readonly adopted: Amount
  readonly filtered: Amount
  readonly failed: Amount
  /** Begun, and not known to have arrived: to be looked for by the next run. */
  readonly open: Amount
  readonly orphaned: Amount
  /** Deleted on the target because the source deleted them. */
  readonly removed: Amount
  /** Of those written: carried as Exchange's full-fidelity stream. */
  readonly fts: number
  /** Of those written: carried as Office 365's. The others went as messages. */
  readonly mailboxItem: number
  /** Of those written: asked for again on the target, and there with the source's size and date. */
  readonly readBack: number
}

export interface PairReport {
  readonly source: string
  readonly target: string
  readonly state: PairState['state']
  /** When it was completed: ISO 8601, UTC. */
  readonly completed?: string
  readonly problem?: Problem
  readonly totals: Totals
  readonly folders: readonly FolderReport[]
  /** This pair's listed items, in pages. */
  items(): AsyncIterable<readonly ListedItem[]>
}

export interface FolderReport {
  /** Names from the root joined by `/`; a `/` within a name is `\/`. */
  readonly source: string
  readonly target?: string
  readonly role?: FolderRole
  /** It has another name on the target. */
  readonly mapped: boolean
  readonly totals: Totals
  /** Why none of it was migrated. */
  readonly leftOut?: Problem
  readonly problem?: Problem
}

export interface Problem {
  readonly code: string
  readonly message: string
  readonly next?: string
}

/**
 * `filtered`: left out by the job's filters. `failed`: refused, with the reason. `open`: written without an answer so far.
 * `notReadBack`: written, and not found again yet as it was sent. `orphaned`: gone from the source, kept on the target. `marksDropped`: migrated, without flags the target can't keep.
 * `notUpdated`: migrated, and changed in the source since in a way that wasn't carried over. `reduced`: migrated, without what the target can't have of it.
 */
export type Outcome = 'filtered' | 'failed' | 'open' | 'notReadBack' | 'orphaned' | 'marksDropped' | 'reduced' | 'notUpdated'

export interface ListedItem {
  readonly source: string
  readonly target: string
  readonly folder: string
  readonly key: ItemKey
  /** ISO 8601, UTC; empty where the source told none. */
  readonly received: string
  readonly size: number
  readonly outcome: Outcome
  readonly code: string
  readonly reason: string
  readonly attempts: number
}

export interface ReasonCount extends Amount {
  readonly outcome: Outcome
  readonly code: string
  readonly reason: string
}
