import { z } from 'zod'
import { planJobSchema, planPairSchema } from './plan.ts'
import { planConnectionSchema } from './planConnection.ts'
import { howToMatch, name, request } from './request.ts'
import type {
  ConnectionSummary,
  CsvPreview,
  JobSummary,
  MailboxPage,
  MatchResult,
  PairDetails,
  PairPage,
  QueueResult,
  TestResult,
} from './results.ts'

const id = z.string().min(1)
/** Settings as they were when a person began to edit them: whoever changed them meanwhile isn't overwritten. */
const before = z.record(z.string(), z.unknown()).optional()
const priorities = z.array(z.strictObject({ pairs: z.array(id), priority: z.int() }))
const page = { offset: z.int().min(0), limit: z.int().min(1).max(1000) }

/** What forms and trees ask for, where the command line has its plan files. Paths in them are absolute. */
export const editorRequests = {
  /** Creates a connection, or edits the one of that id, its name included. */
  'connection.save': request<ConnectionSummary>()({ id: id.optional(), connection: planConnectionSchema, before }),
  /** Checks settings as `connection.test` does, with nothing written. Without `secret` the stored one of `id` is used. */
  'connection.tryOut': request<TestResult>()({
    id: id.optional(),
    connection: planConnectionSchema,
    secret: z.string().min(1).optional(),
    mailbox: z.string().min(1).optional(),
  }),
  'connection.rename': request<ConnectionSummary>()({ name, to: z.string() }),
  /** Another connection with the same settings, without the secret. */
  'connection.duplicate': request<ConnectionSummary>()({ name, as: z.string() }),
  /** The editor was given this connection's secret and keeps it: what waits for it goes on. */
  'connection.secretGiven': request<QueueResult>()({ name }),

  /** Creates a job, or edits the one of that id, its name and pairs included. */
  'job.save': request<JobSummary>()({
    id: id.optional(),
    job: planJobSchema.omit({ pairs: true }),
    before,
    add: z.array(planPairSchema).optional(),
    /** Ids of pairs. */
    remove: z.array(id).optional(),
    priorities: priorities.optional(),
  }),
  /** Changes when pairs have their turn: higher numbers first. */
  'job.prioritise': request<void>()({ name, priorities }),
  'job.rename': request<JobSummary>()({ name, to: z.string() }),
  /** Queues a job's pairs as `job.start` does, and answers at once: they are worked off beside the requests. */
  'job.queue': request<QueueResult>()({
    name,
    delta: z.boolean(),
    mailboxes: z.array(z.string().min(1)).optional(),
    deletionsAllowed: z.int().min(0).optional(),
  }),
  /** A part of a job's pairs, in the order they are worked on. */
  'job.pairs': request<PairPage>()({
    name,
    ...page,
    /** Part of an address or display name, without regard to case. */
    filter: z.string().optional(),
    states: z.array(z.string().min(1)).optional(),
  }),
  /** One pair with its folders and what of it isn't migrated. `pair`: id, or the address of either mailbox. */
  'pair.details': request<PairDetails>()({ job: name, pair: z.string().min(1), limit: z.int().min(1).max(10_000) }),
  /** What `job.match` would find for two connections that have no job yet. */
  'job.matchPreview': request<MatchResult>()({ source: name, target: name, ...howToMatch }),
  /** What a CSV says: the first rows without their secrets, or every bad row by its line. */
  'csv.preview': request<CsvPreview>()({ text: z.string(), kind: z.enum(['passwords', 'tokens', 'pairs', 'mailboxes']) }),
  /** The mailboxes a server lists, or those it finds for `search`. */
  'mailboxes.list': request<MailboxPage>()({ connection: name, ...page, search: z.string().optional() }),
} as const
