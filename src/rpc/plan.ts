import { z } from 'zod'
import { defaultJobSettings, defaultLimits } from '../domain/job.ts'
import { strict } from './strict.ts'

/*
 * The plan file: connections, jobs and pairs in one declarative document. `mailferry.schema.json` is made from this,
 * so every description here is read by people in their editor.
 */

const text = z.string().min(1)
const file = text.describe('A path, relative to the plan file.')

export const secretReferenceSchema = z
  .union([
    strict({ file: file.describe('A file only you can read, relative to the plan file. Its form is told under `signIn`.') }),
    strict({ fd: z.int().min(0).max(1023).describe('A file descriptor that the command inherits, read once to its end.') }),
    strict({
      vault: z.literal(true).describe('Stored with `mailferry connection secret NAME`, sealed with a key in the system’s keychain.'),
    }),
    strict({ editor: z.literal(true).describe('VS Code keeps it; the command line can’t have it.') }),
  ])
  .describe('Where the secret is had when a run needs it. The secret itself never stands in a plan.')

const server = strict({
  host: text.describe('Host name or address.'),
  port: z.int().min(1).max(65535).optional().describe('993 with implicit TLS and 143 otherwise, unless said.'),
  tls: z
    .enum(['implicit', 'starttls', 'none'])
    .optional()
    .describe('`implicit` (TLS from the first byte; usual), `starttls` (required, never downgraded) or `none` (needs `allowPlaintext`).'),
  allowPlaintext: z.boolean().optional().describe('Your consent to `tls: none`: passwords and mail travel readable.'),
  fingerprint: z
    .string()
    .regex(/^([0-9a-f]{2}:?){31}[0-9a-f]{2}$/i, 'not a SHA-256 fingerprint (64 hexadecimal digits)')
    .optional()
    .describe('SHA-256 of the server’s certificate: trusted whatever else is said of it.'),
  caFile: file.optional().describe('A PEM file with authorities to trust beside the system’s, relative to the plan file.'),
  compress: z.boolean().optional().describe('COMPRESS=DEFLATE where the server has it; for slow networks.'),
})

const signIn = z
  .discriminatedUnion('method', [
    strict({ method: z.literal('mailbox') }).describe(
      'Each mailbox with its own password. Secret: CSV with the header `mailbox,user,password`.',
    ),
    z.discriminatedUnion('actAs', [
      strict({ method: z.literal('admin'), user: text, actAs: z.literal('authzid') }).describe(
        'One account acts for everybody by SASL PLAIN’s authorization id. Secret: the password as the first line of a text file.',
      ),
      strict({ method: z.literal('admin'), user: text, actAs: z.literal('separator'), separator: text.describe('Usually `*`.') }).describe(
        'Dovecot’s master user, signing in as `mailbox*user`. Secret: the password as the first line of a text file.',
      ),
    ]),
    strict({ method: z.literal('token'), mechanism: z.enum(['XOAUTH2', 'OAUTHBEARER']).optional() }).describe(
      'Each mailbox with its own OAuth 2.0 access token. Secret: CSV with the header `mailbox,user,token`.',
    ),
  ])
  .describe('Whose sign-in opens the mailboxes.')

const connection = strict({
  name: text.describe('Unique, without regard to case. A plan refers by it and never renames.'),
  role: z.enum(['source', 'target']).describe('Sources are only ever read.'),
  kind: z.literal('imap'),
  server,
  signIn,
  secret: secretReferenceSchema.optional(),
}).describe('A server that mailboxes are moved from or to.')

const pair = strict({
  source: text.describe('The source mailbox: its address, or its login on the source server.'),
  target: text.optional().describe('The target mailbox; the same as the source’s unless said.'),
  priority: z.int().optional().describe('Higher ones first; equal ones by source mailbox. 0 unless said.'),
})

const folderGlobs = z.array(text).describe('Globs over the folder’s path joined by `/`, without regard to case: `Archive/**`.')
const date = z.union([
  z.iso.date('not a date such as 2024-01-31'),
  z.iso.datetime({ offset: true, error: 'not a date such as 2024-01-31' }),
])

const filters = strict({
  receivedFrom: date.optional().describe('Only what was received at this time or later. ISO 8601; a date alone means midnight UTC.'),
  receivedTo: date.optional().describe('Only what was received before this time.'),
  includeFolders: folderGlobs.optional(),
  excludeFolders: folderGlobs.optional(),
  maxItemSize: z.int().positive().optional().describe('Bytes; larger messages are left out and listed.'),
  includeDeleted: z.boolean().optional().describe('Carries over messages that are flagged \\Deleted but not yet expunged.'),
})

const folderPath = z
  .union([text, z.array(text).min(1)])
  .describe('Names from the root, joined by `/`; as an array where a name itself has a `/`.')

const folders = z
  .array(strict({ source: folderPath, target: folderPath }))
  .describe('Where single folders, and what lies below them, go; all others are placed by their role and name.')

const limits = strict({
  pairsAtOnce: z.int().min(1).max(256).optional().describe(`Mailboxes worked on at once; ${defaultLimits.pairsAtOnce} unless said.`),
  connectionsPerServer: z
    .int()
    .min(1)
    .max(1024)
    .optional()
    .describe(`Connections to each of the two servers, over all mailboxes of the job; ${defaultLimits.connectionsPerServer} unless said.`),
  megabytesPerSecond: z.number().positive().optional().describe('Megabytes (10^6 bytes) a second, for the whole job.'),
  maxErrorsPerPair: z
    .int()
    .min(0)
    .optional()
    .describe(`Messages a mailbox may fail before it stops; ${defaultLimits.maxErrorsPerPair} unless said.`),
})

const job = strict({
  name: text.describe('Unique, without regard to case, and none of \\ / : * ? < > | or double quote.'),
  source: text.describe('Name of the source connection.'),
  target: text.describe('Name of the target connection.'),
  pairs: z
    .union([
      z.array(pair),
      strict({ csv: file.describe('CSV with the header `source,target,priority`; only `source` is needed. Relative to the plan file.') }),
    ])
    .optional(),
  policy: z
    .enum(['new', 'changes', 'mirror'])
    .optional()
    .describe(
      `What runs after the first carry over: \`new\` items only; also \`changes\` of flags and moves; or \`mirror\` deletions too. ${defaultJobSettings.policy} unless said.`,
    ),
  filters: filters.optional(),
  folders: folders.optional(),
  limits: limits.optional(),
  newestFirst: z.boolean().optional(),
  subscriptions: z.boolean().optional().describe('Carries over which folders are subscribed; so unless said.'),
  allowSharedTargets: z.boolean().optional().describe('Your consent that another job writes to the same target mailboxes.'),
  cutOver: z.boolean().optional().describe('After the cutover nothing is deleted on the target any more, whatever the policy.'),
}).describe('A migration from one source connection to one target connection.')

export const planSchema = strict({
  $schema: z.string().optional(),
  connections: z.array(connection).optional(),
  jobs: z.array(job).optional(),
}).describe('What `mailferry apply` creates or updates. What it leaves out stays as it is.')

export type Plan = z.infer<typeof planSchema>
export type PlanConnection = NonNullable<Plan['connections']>[number]
export type PlanJob = NonNullable<Plan['jobs']>[number]
export type PlanPair = z.infer<typeof pair>
export const planPairSchema = pair
