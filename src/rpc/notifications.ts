import { z } from 'zod'
import { packedError } from './packedError.ts'

const id = z.string().min(1)

/** What an engine tells its editor without being asked, each declared once and checked where it arrives. Ids, numbers and addresses only. */
export const notifications = {
  /** The first message: the ledger is open. An engine of another version isn't spoken to. */
  'engine.ready': z.strictObject({ version: z.string(), pid: z.int(), ledger: z.string() }),
  /** The last one: why it can't go on, such as a ledger that can't be opened. The editor closes the channel. */
  'engine.failing': z.strictObject({ error: packedError }),
  /** Rows that this or another process wrote; to be read again. A pair that merely gets on isn't among them: `job.progress` is for that. */
  'ledger.changed': z.strictObject({
    connections: z.array(id),
    jobs: z.array(id),
    pairs: z.array(z.strictObject({ id, job: id })),
    /** Pairs of a deleted job go with it, unnamed. */
    removed: z.array(z.strictObject({ kind: z.enum(['connection', 'job', 'pair']), id })),
  }),
  /** How far a running pair is, whichever engine runs it; at most once a second for each. */
  'job.progress': z.strictObject({
    job: id,
    pair: id,
    phase: z.enum(['plan', 'copy', 'verify']),
    counts: z.strictObject({
      items: z.number(),
      bytes: z.number(),
      done: z.number(),
      doneBytes: z.number(),
      adopted: z.number(),
      filtered: z.number(),
      failed: z.number(),
    }),
    folder: z.string().optional(),
  }),
  /** Pairs wait because a secret is missing or was refused: told once until a person gives one. */
  'secret.needed': z.strictObject({ connection: id, name: z.string(), user: z.string(), why: z.enum(['missing', 'refused']) }),
} as const

export type NotificationMethod = keyof typeof notifications
export type Notification<Of extends NotificationMethod> = z.infer<(typeof notifications)[Of]>

export type LedgerChanges = Notification<'ledger.changed'>
export type JobProgress = Notification<'job.progress'>
export type SecretNeeded = Notification<'secret.needed'>
