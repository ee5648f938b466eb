import type { ConnectionSettings, Recorded, Role, Verification } from '../domain/connection.ts'
import type { CutoverStep } from '../domain/cutover/step.ts'
import type { Dependence } from '../domain/domainChange.ts'
import type { ConnectionId, JobId, PairId } from '../domain/ids.ts'
import type { JobSettings } from '../domain/job.ts'
import type { OrganisationEvidence } from '../domain/organisation.ts'
import type { Mailbox, PairCounts, PairState, StoredError } from '../domain/pair.ts'
import type { X500Pair } from '../domain/powershell/addX500.ts'
import type { SecretReference } from '../domain/secretReference.ts'
import type { Amount, VerifyCounts } from './counts.ts'
import type { CheckedEvent, RefreshOutcome } from './events.ts'

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
  readonly id: ConnectionId
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
  /** What is known of the connection now: one that was declared stale stays so until it is reconfigured. Absent where settings were only tried out. */
  readonly verification?: Verification
}

export interface MailboxesResult {
  readonly mailboxes: readonly Mailbox[]
  /** Where the server can't list its mailboxes: what its administrator runs to have them all. */
  readonly command?: string
}

export interface CheckResult {
  readonly connections: readonly CheckedEvent[]
}

export interface ReconfigureResult {
  readonly evidence: OrganisationEvidence
  readonly recorded: Recorded
  /** False where it was only checked. */
  readonly changed: boolean
}

export interface DeclareResult {
  /** Those that depend on the domain. */
  readonly connections: readonly {
    readonly connection: string
    readonly role: Role
    readonly because: readonly Dependence[]
    /** Whether this request changed its state. */
    readonly marked: boolean
    readonly verification: Verification
  }[]
  /** The others, and why it doesn't concern them. */
  readonly others: readonly { readonly connection: string; readonly role: Role; readonly reason: string }[]
}

export interface DomainLine {
  readonly connection: string
  readonly role: Role
  readonly domains: readonly string[]
  readonly verification: Verification
  readonly usedBy: readonly string[]
}

export interface CutoverResult {
  readonly domain: string
  /** Names of the jobs it is about. */
  readonly jobs: readonly string[]
  /** Whether DNS, Autodiscover and the source's directory were asked. */
  readonly live: boolean
  readonly steps: readonly CutoverStep[]
}

export interface RefreshResult {
  /** Mailboxes, on both sides, by how they fared. */
  readonly outcomes: Readonly<Record<RefreshOutcome, number>>
  readonly failures: readonly StoredError[]
}

export interface JobSummary {
  readonly id: JobId
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
  readonly id: PairId
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
  /** The job's schedule doesn't let it run now; ISO 8601, UTC, absent where its windows leave no time. */
  readonly paused?: { readonly until?: string }
}

export interface ResetResult {
  readonly pairs: number
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
  /** The account and machine it was done with; older entries don't say. */
  readonly who?: string
}

export interface DryRunResult {
  readonly pairs: number
  /** Pairs of which nothing can be said, for a mailbox doesn't open. */
  readonly unopened: number
  /** Pairs that a run would fail on. */
  readonly problems: number
  readonly copy: Amount
  readonly tooLarge: Amount
  /** Milliseconds: about so long will it take. */
  readonly estimatedMs: number
}

export interface PreflightResult {
  readonly mailboxes: number
  /** Why mailboxes don't open, one each. */
  readonly failures: readonly StoredError[]
}

export interface MatchResult {
  readonly pairs: readonly { readonly source: Mailbox; readonly target: Mailbox }[]
  /** Source mailboxes without a partner. */
  readonly unmatched: readonly Mailbox[]
  /** Mailboxes that share a name with another on their side, so that none of them is matched. */
  readonly ambiguous: readonly { readonly name: string; readonly sources: readonly Mailbox[]; readonly targets: readonly Mailbox[] }[]
  /** Target mailboxes nobody goes to. */
  readonly unused: readonly Mailbox[]
  /** How many pairs the job got. */
  readonly added: number
}

export interface QueueResult {
  /** How many pairs wait for their turn now that didn't before. */
  readonly pairs: number
}

export interface PairPage {
  /** How many there are in all that meet the filter. */
  readonly total: number
  readonly list: readonly PairSummary[]
}

export interface FolderDetails {
  /** Names from the root. */
  readonly source: readonly string[]
  readonly target?: readonly string[]
  /** Why the whole folder isn't migrated. */
  readonly excluded?: string
  readonly error?: StoredError
}

/** An item that isn't simply migrated. */
export interface ItemDetails {
  readonly folder: readonly string[]
  readonly state: string
  /** Bytes. */
  readonly size: number
  /** ISO 8601, UTC. */
  readonly received: string
  readonly attempts: number
  readonly reason?: string
  readonly error?: StoredError
}

export interface PairDetails extends PairSummary {
  readonly job: string
  readonly folders: readonly FolderDetails[]
  readonly items: readonly ItemDetails[]
  /** There are more than were asked for. */
  readonly more: boolean
}

export interface ReadCertificate {
  /** PEM, without the key. */
  readonly certificate: string
  /** ISO 8601, UTC. */
  readonly validTo: string
}

export interface MadeCertificate extends ReadCertificate {
  /** Private key (PKCS #8) and certificate: the connection's secret. */
  readonly pem: string
}

export interface RegisterScriptResult {
  /** PowerShell. */
  readonly script: string
  /** The same in the Entra admin centre. */
  readonly steps: readonly string[]
  /** What an administrator's token has to have to do it from here, and the public client that is asked for it with. */
  readonly scopes: readonly string[]
  readonly clientId: string
}

export type RegisterResult =
  | { readonly registered: true; readonly tenant: string; readonly clientId: string; readonly name: string }
  /** The tenant doesn't allow it. `left`: the client id of what could not be removed again. */
  | { readonly registered: false; readonly tenant: string; readonly why: StoredError; readonly left?: string }

export type RenewResult =
  /** `validTo`: ISO 8601, UTC. `file`: where it lies; `secret`: what whoever asked keeps now. */
  | { readonly renewed: true; readonly validTo: string; readonly file?: string; readonly secret?: string }
  /** The application can't give itself one; a script that somebody else runs can. */
  | { readonly renewed: false; readonly why: StoredError }

export interface SignInResult {
  /** User principal name. */
  readonly user: string
  readonly tenant: string
  /** The public client that the token was given to. */
  readonly clientId: string
  readonly refreshToken: string
}

export interface MailboxPage {
  readonly list: readonly Mailbox[]
  readonly more: boolean
}

export interface CsvLine {
  /** The mailbox, or the pair's source. */
  readonly source: string
  readonly target?: string
  readonly priority?: number
  /** Who signs in. */
  readonly user?: string
  readonly displayName?: string
}

export interface CsvPreview {
  /** How many rows there are; none where one of them is bad. */
  readonly rows: number
  /** The first fifty. */
  readonly first: readonly CsvLine[]
  readonly problems: readonly { readonly line: number; readonly message: string }[]
}

export interface X500Result {
  readonly job: string
  /** For the target's administrator to run; absent where there is nothing to add. */
  readonly script?: string
  /** Source, target, the address, or why there is none. */
  readonly csv: string
  readonly pairs: readonly X500Pair[]
}

export interface ScriptsResult {
  readonly job: string
  readonly pairs: number
  /** Carries forwarding and mailbox permissions over; absent where a side is IMAP, whose servers have no cmdlets for it. */
  readonly script?: string
}
