import type { ErrorCode, ErrorParams } from './errors.ts'
import type { EngineId, JobId, PairId } from './ids.ts'

/** One mailbox on one server: IMAP's login, or, for Exchange and Office 365, an immutable `id` of which `address` is only a label. */
export interface Mailbox {
  readonly address: string
  readonly id?: string
  /** Exchange: the way to look the mailbox up after its address changed. Proves nothing by itself: X500 addresses make it resolve elsewhere too. */
  readonly legacyExchangeDN?: string
  readonly displayName?: string
  /** Addresses it had before it was refreshed, by which plans and people may still name it. */
  readonly formerly?: readonly string[]
}

export type Phase = 'plan' | 'copy' | 'verify'

/** An error as the ledger keeps it: code and parameters, no stack, no cause. */
export type StoredError = { [Code in ErrorCode]: { readonly code: Code; readonly params: ErrorParams[Code] } }[ErrorCode]

/** Items are counted once each, whatever was tried how often. */
export interface PairCounts {
  readonly items: number
  readonly bytes: number
  readonly done: number
  readonly doneBytes: number
  readonly adopted: number
  readonly filtered: number
  readonly failed: number
}

export type PairState =
  | { readonly state: 'new' }
  | { readonly state: 'queued' }
  | { readonly state: 'running'; readonly phase: Phase; readonly owner: EngineId; readonly epoch: number }
  | { readonly state: 'waiting'; readonly for: 'credentials' | 'server' | 'person'; readonly until?: string; readonly error: StoredError }
  | { readonly state: 'stopped' }
  | { readonly state: 'failed'; readonly error: StoredError }
  | { readonly state: 'completed'; readonly at: string }
  | { readonly state: 'completedWithDifferences'; readonly at: string; readonly differences: number }

export interface Pair {
  readonly id: PairId
  readonly job: JobId
  readonly source: Mailbox
  readonly target: Mailbox
  /** Higher first; equal ones by source address. */
  readonly priority: number
  readonly state: PairState
  readonly counts: PairCounts
}
