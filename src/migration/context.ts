import type { MailferryError } from '../domain/errors.ts'
import type { Job } from '../domain/job.ts'
import type { PairCounts, Phase } from '../domain/pair.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { PairWriter } from '../ledger/pairWriter.ts'
import type { PairRow } from '../ledger/rows.ts'
import type { MailServer } from '../servers/mailServer.ts'
import type { JobLimits } from './throttle.ts'

/** Everything one run of one pair needs; made by the engine, which owns the lease. */
export interface PairRun {
  readonly ledger: Ledger
  /** The fenced way to write this pair's rows. */
  readonly writer: PairWriter
  readonly job: Job
  readonly pair: PairRow
  readonly source: MailServer
  readonly target: MailServer
  readonly limits: JobLimits
  /** Ends everything at once: a second Ctrl-C, a lost lease. */
  readonly abort: AbortSignal
  /** A person's *stop*: finish the batches in hand, begin no more. */
  readonly stop: AbortSignal
  /** The person's answer to *deletions held*: how many may be carried over this once. */
  readonly deletionsAllowed?: number
  readonly progress: (progress: Progress) => void
}

export interface Progress {
  readonly phase: Phase
  readonly counts: PairCounts
  /** Folder that is being worked on, its path joined by `/`. */
  readonly folder?: string
}

export type PairOutcome =
  | { readonly result: 'completed' }
  | { readonly result: 'completedWithDifferences'; readonly differences: number }
  | { readonly result: 'stopped' }
  /** `remedy` of the error tells whether to try again by itself, later, or after a person acted. */
  | { readonly result: 'failed'; readonly error: MailferryError }
