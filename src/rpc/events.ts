import type { Verification } from '../domain/connection.ts'
import type { PairCounts, PairState, Phase, StoredError } from '../domain/pair.ts'
import type { ReadinessFinding } from '../domain/readiness.ts'
import type { Amount, VerifyCounts } from './counts.ts'

/** What a request tells while it works. Numbers and names only, never content. */
export type EngineEvent =
  | CheckEvent
  | { readonly event: 'notice'; readonly notice: 'secretExposed'; readonly connection: string; readonly file: string }
  | { readonly event: 'run'; readonly job: string; readonly pairs: number; readonly engine: string }
  | PairEvent
  | ProgressEvent
  | ResetEvent
  | VerifiedEvent
  | ForecastEvent
  | MailboxEvent
  | CheckedEvent
  | ReconfigurationEvent
  | RefreshedEvent
  | DeviceCodeEvent
  | ReadinessEvent
  | { readonly event: 'notExamined'; readonly job: string; readonly connection: string; readonly what: readonly string[] }
  | { readonly event: 'following'; readonly job: string; readonly mailbox: string; readonly engine: string }

export interface CheckEvent {
  readonly event: 'check'
  readonly connection: string
  /** Of the port's checks: `address`, `tls`, `signIn` … */
  readonly name: string
  readonly state: 'passed' | 'failed' | 'skipped'
  readonly detail: string
  readonly error?: StoredError
}

/** A pair came to another state. */
export interface PairEvent {
  readonly event: 'pair'
  readonly job: string
  readonly source: string
  readonly target: string
  readonly state: PairState
}

/** At most once a second for a pair. */
export interface ProgressEvent {
  readonly event: 'progress'
  readonly job: string
  readonly source: string
  readonly phase: Phase
  readonly counts: PairCounts
  readonly folder?: string
}

/** A pair was reset; with the mode `remove` it tells what was taken from the target, and what was left because it is no longer what we wrote. */
export interface ResetEvent {
  readonly event: 'reset'
  readonly job: string
  readonly source: string
  readonly mode: 'forget' | 'remove' | 'adopt'
  readonly removed?: number
  readonly left?: number
}

/** A folder was compared on both sides. */
export interface VerifiedEvent extends VerifyCounts {
  readonly event: 'verified'
  readonly job: string
  readonly source: string
  readonly folder: string
  readonly targetFolder: string
}

/** What a run would do with a pair, and what it would meet. */
export interface ForecastEvent {
  readonly event: 'forecast'
  readonly job: string
  readonly source: string
  readonly target: string
  readonly folders: number
  readonly copy: Amount
  readonly tooLarge: Amount
  /** Why nothing can be said. */
  readonly error?: StoredError
  readonly findings: readonly { readonly level: 'problem' | 'warning' | 'note'; readonly text: string; readonly code: string }[]
}

/** A mailbox was opened, or why it couldn't be. */
export interface MailboxEvent {
  readonly event: 'mailbox'
  readonly connection: string
  readonly mailbox: string
  readonly folders?: number
  readonly messages?: number
  /** Bytes that still fit, where the server tells. */
  readonly room?: number
  /** Of a target: what speaks for or against moving mail into it, where the server can be asked. */
  readonly readiness?: readonly ReadinessFinding[]
  readonly error?: StoredError
}

/** Before the first item goes into a target mailbox: what a person should know of it. */
export interface ReadinessEvent {
  readonly event: 'readiness'
  readonly job: string
  readonly target: string
  readonly findings: readonly ReadinessFinding[]
}

/** A connection was checked without doing harm. */
export interface CheckedEvent {
  readonly event: 'checked'
  readonly connection: string
  readonly verification: Verification
  /** Why it could not be checked, or what speaks against it beside its state. */
  readonly error?: StoredError
}

/** What reconfiguring a connection means: the jobs it is done for, and those of them that run. */
export interface ReconfigurationEvent {
  readonly event: 'reconfiguration'
  readonly connection: string
  readonly reason: string
  readonly jobs: readonly string[]
  readonly running: readonly string[]
}

export type RefreshOutcome = 'refreshed' | 'unchanged' | 'notFound' | 'ambiguous' | 'failed'

/** One mailbox of a pair was looked up by its immutable id. */
export interface RefreshedEvent {
  readonly event: 'refreshed'
  readonly job: string
  readonly side: 'source' | 'target'
  /** Its address so far. */
  readonly mailbox: string
  readonly outcome: RefreshOutcome
  /** Its address from now on. */
  readonly address?: string
  /** Ambiguous: all that answer. */
  readonly candidates?: readonly string[]
  readonly error?: StoredError
}

/** Somebody is to sign in: by entering the code on that page. */
export interface DeviceCodeEvent {
  readonly event: 'deviceCode'
  readonly userCode: string
  readonly page: string
  /** ISO 8601, UTC. */
  readonly until: string
}
