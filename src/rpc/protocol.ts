import { z } from 'zod'
import { tickSteps } from '../domain/cutover/step.ts'
import { languages } from '../domain/language.ts'
import { editorRequests } from './editorRequests.ts'
import type { EngineEvent } from './events.ts'
import { office365Requests } from './office365Requests.ts'
import type { Plan } from './plan.ts'
import { hostName, httpsUrl, secretReferenceSchema, serverName } from './planConnection.ts'
import { refreshLine } from './refreshLine.ts'
import { howToMatch, name, type Request, request } from './request.ts'
import type {
  ApplyResult,
  CheckResult,
  ConnectionSummary,
  CutoverResult,
  DeclareResult,
  DomainLine,
  DryRunResult,
  JobStatus,
  JobSummary,
  JournalLine,
  MailboxesResult,
  MatchResult,
  PreflightResult,
  ReconfigureResult,
  RefreshResult,
  ReportResult,
  ResetResult,
  RunResult,
  ScriptsResult,
  TestResult,
  VerifyResult,
  X500Result,
} from './results.ts'

const mailboxes = z.array(z.string().min(1)).optional()

const domainName = z.string().regex(/^[^\s@/]+\.[^\s@/]+$/, 'is not a domain such as example.org')

const exchangeServer = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('autodiscover'), domain: hostName, at: serverName.optional() }),
  z.strictObject({ by: z.literal('host'), host: hostName }),
  z.strictObject({ by: z.literal('url'), url: httpsUrl }),
])

/** Every request, declared once: handlers are checked against it, and so are those who call them. */
export const protocol = {
  'plan.apply': request<ApplyResult>()({
    file: z.string(),
    check: z.boolean().optional(),
    /** The plan itself, where it isn't in the file; paths in it are still relative to where the file would be. */
    text: z.string().optional(),
  }),
  'plan.export': request<Plan>()({}),

  'connection.list': request<readonly ConnectionSummary[]>()({}),
  'connection.show': request<ConnectionSummary>()({ name }),
  'connection.test': request<TestResult>()({ name, mailbox: z.string().min(1).optional() }),
  'connection.trust': request<void>()({ name, fingerprint: z.string().regex(/^[0-9a-f]{64}$/) }),
  'connection.secret': request<void>()({ name, secret: z.string().min(1) }),
  'connection.preflight': request<PreflightResult>()({ name }),
  'connection.delete': request<void>()({ name }),
  'connection.mailboxes': request<MailboxesResult>()({ name, find: z.string().min(1).optional() }),
  /** Without names: all of them. */
  'connection.check': request<CheckResult>()({ names: z.array(name).min(1).optional() }),
  'connection.reconfigure': request<ReconfigureResult>()({
    name,
    server: exchangeServer.optional(),
    admin: z.string().min(1).optional(),
    /** `text` is what a person just gave; for the vault the engine stores it, an editor stores its own. */
    secret: z.strictObject({ reference: secretReferenceSchema, text: z.string().min(1).optional() }).optional(),
    /** The connection's name, typed by the person who takes the responsibility where nothing proves the organisation. */
    responsible: z.string().optional(),
    /** Although it isn't needed. */
    anyway: z.boolean().optional(),
    /** Stops the jobs that are in the way, and waits until they have. */
    stopJobs: z.boolean().optional(),
    /** Only tells what would be done. */
    check: z.boolean().optional(),
  }),

  'domain.declare': request<DeclareResult>()({ domain: domainName, undo: z.boolean().optional() }),
  'domain.status': request<readonly DomainLine[]>()({}),

  /** Without domains: all that are known; without jobs: those a domain is about. `live` asks DNS, Autodiscover and the source's directory too. */
  'cutover.status': request<readonly CutoverResult[]>()({
    domains: z.array(domainName).min(1).optional(),
    jobs: z.array(name).min(1).optional(),
    live: z.boolean().optional(),
  }),
  'cutover.tick': request<void>()({
    domain: domainName,
    step: z.enum(tickSteps),
    done: z.boolean(),
    note: z.string().max(1000).optional(),
  }),

  'job.list': request<readonly JobSummary[]>()({}),
  'job.status': request<JobStatus>()({ name }),
  'job.start': request<RunResult>()({
    name,
    delta: z.boolean(),
    mailboxes,
    deletionsAllowed: z.int().min(0).optional(),
    /** Of this engine, when it isn't entered in the ledger yet. */
    leaseSeconds: z.int().min(2).max(3600).optional(),
  }),
  'job.stop': request<void>()({ name }),
  'job.dryRun': request<DryRunResult>()({ name, mailboxes }),
  'job.match': request<MatchResult>()({
    name,
    ...howToMatch,
    add: z.boolean(),
  }),
  'job.delete': request<void>()({ name }),
  /** `csv`: logins of an IMAP side that changed, with the header `old,new,side`. */
  'job.refreshAddresses': request<RefreshResult>()({
    name,
    mailboxes,
    csv: z.string().min(1).optional(),
  }),
  /** Writes what a refresh told, mailbox by mailbox, into a file. */
  'job.refreshReport': request<void>()({
    name,
    file: z.string().min(1),
    format: z.enum(['csv', 'html']),
    /** Of the page; a table is the same in each. */
    language: z.enum(languages).optional(),
    lines: z.array(refreshLine),
  }),
  'job.acceptReplacement': request<ResetResult>()({ name, mailboxes }),
  'job.reset': request<ResetResult>()({ name, mode: z.enum(['forget', 'remove', 'adopt']), mailboxes }),
  'job.verify': request<VerifyResult>()({ name, mailboxes, bytes: z.boolean().optional() }),
  'job.report': request<ReportResult>()({
    name,
    file: z.string().min(1),
    format: z.enum(['json', 'csv', 'html']),
    language: z.enum(languages).optional(),
  }),

  /** `sourceList`: an export of `Get-Mailbox` on the source, which says what the ledger doesn't know. */
  'job.x500': request<X500Result>()({ name, mailboxes, sourceList: z.string().min(1).optional() }),
  'job.scripts': request<ScriptsResult>()({ name, mailboxes }),

  /** `subject`: an id, or the name of a connection or job. */
  'journal.list': request<readonly JournalLine[]>()({ limit: z.int().min(1).max(10_000), subject: z.string().min(1).optional() }),

  ...office365Requests,
  ...editorRequests,
} as const

export type Method = keyof typeof protocol
export type Params<Of extends Method> = z.infer<(typeof protocol)[Of]['params']>
export type Result<Of extends Method> = (typeof protocol)[Of] extends Request<z.ZodType, infer Answer> ? Answer : never

/** What comes along with a request. */
export interface Call {
  /** The caller's wish to end: long requests stop where nothing is lost, and say so. */
  readonly signal: AbortSignal
  readonly emit: (event: EngineEvent) => void
}

export type Handler<Of extends Method, Context> = (context: Context, params: Params<Of>, call: Call) => Promise<Result<Of>>
export type Handlers<Context> = { readonly [Of in Method]: Handler<Of, Context> }

/** How anybody reaches an engine. Throws MailferryError. */
export interface Client {
  call<Of extends Method>(method: Of, params: Params<Of>, call?: Partial<Call>): Promise<Result<Of>>
}
