import type { ConnectionSettings, Recorded, Role, Verification } from '../domain/connection.ts'
import type { JobSettings } from '../domain/job.ts'
import type { Mailbox, PairCounts, PairState, StoredError } from '../domain/pair.ts'
import type { SecretReference } from '../domain/secretReference.ts'

export type ApplyOutcome = 'created' | 'updated' | 'unchanged' | 'left alone'

export interface ApplyLine {
  readonly kind: 'connection' | 'job' | 'pair'
  readonly name: string
  readonly outcome: ApplyOutcome
  /** The job a pair belongs to. */
  readonly job?: string
}

export interface ApplyResult {
  readonly lines: readonly ApplyLine[]
}

export interface ConnectionSummary {
  readonly name: string
  readonly role: Role
  readonly settings: ConnectionSettings
  readonly secret?: SecretReference
  readonly verification: Verification
  /** Names of the jobs that keep it from being edited or deleted. */
  readonly usedBy: readonly string[]
}

export interface TestResult {
  /** Absent where a needed check failed. */
  readonly recorded?: Recorded
}

export interface JobSummary {
  readonly name: string
  readonly source: string
  readonly target: string
  readonly settings: JobSettings
  readonly wanted: 'run' | 'stop'
  readonly pairs: number
  readonly states: Readonly<Partial<Record<PairState['state'], number>>>
  readonly counts: PairCounts
}

export interface PairSummary {
  readonly source: Mailbox
  readonly target: Mailbox
  readonly priority: number
  readonly state: PairState
  readonly counts: PairCounts
  /** Whose process works on it: `host/pid`. */
  readonly engine?: string
}

export interface JobStatus extends JobSummary {
  readonly list: readonly PairSummary[]
}

export interface RunResult extends JobStatus {
  /** What ended the run before every mailbox had its turn. */
  readonly endedBy?: StoredError
}

export interface ResetResult {
  readonly pairs: number
}

/** Only `different` speaks against the migration: `missing` were taken from the target since, `pending` came to the source, `extra` isn't ours. */
export interface VerifyCounts {
  readonly checked: number
  readonly equal: number
  readonly different: number
  readonly missing: number
  readonly pending: number
  readonly extra: number
}

export interface VerifyResult extends VerifyCounts {
  readonly pairs: number
}

export interface ReportResult {
  /** Absolute paths. */
  readonly files: readonly string[]
  readonly verdict: 'complete' | 'differences' | 'incomplete'
}

export interface JournalLine {
  readonly id: number
  /** ISO 8601, UTC. */
  readonly at: string
  /** Id of the connection, job or pair. */
  readonly subject: string
  readonly name?: string
  readonly what: string
  readonly detail?: Readonly<Record<string, unknown>>
}
