import { z } from 'zod'
import { itemTypes } from '../domain/itemType.ts'
import { defaultJobSettings, defaultLimits } from '../domain/job.ts'
import { days } from '../domain/schedule.ts'
import { planConnectionSchema as connection, filePath as file, text } from './planConnection.ts'
import { strict } from './strict.ts'
import { isTimeZone } from './timeZone.ts'

/*
 * The plan file: connections, jobs and pairs in one declarative document. `mailferry.schema.json` is made from this,
 * so every description here is read by people in their editor.
 */

const mailbox = z.union([
  text,
  strict({
    address: text.describe('Primary SMTP address.'),
    id: text
      .optional()
      .describe(
        'Exchange: the mailbox’s GUID (`ExchangeGuid`); Office 365: the user’s object id. Learned when the mailbox is first opened, if not said.',
      ),
    legacyExchangeDN: text.optional().describe('Exchange: by which the mailbox is found after its address changed.'),
    displayName: text.optional(),
  }),
])

const pair = strict({
  source: mailbox.describe('The source mailbox: its address, or its login on the source server.'),
  target: mailbox.optional().describe('The target mailbox; the same address as the source’s unless said.'),
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
  itemTypes: z
    .array(z.enum(itemTypes))
    .min(1)
    .optional()
    .describe('Only folders that hold these: mail, appointments, contacts, tasks, notes; all unless said. IMAP folders hold mail.'),
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

const hour = z.int().min(0).max(24)

const schedule = strict({
  notBefore: z.iso
    .datetime({ offset: true, error: 'not a time such as 2026-01-31T20:00:00Z' })
    .optional()
    .describe('The job doesn’t run earlier.'),
  timeZone: z
    .string()
    .refine(isTimeZone, 'not a time zone such as Europe/Berlin')
    .describe('IANA name of the zone whose wall clock the windows mean, such as `Europe/Berlin`.'),
  windows: z
    .array(
      strict({ days: z.array(z.enum(days)).min(1), from: hour, to: hour }).refine(({ from, to }) => from < to, {
        error: 'to must be later than from; make two windows of one that crosses midnight',
        path: ['to'],
      }),
    )
    .min(1)
    .optional()
    .describe(
      'Hours of the week in which the job may run, each from the beginning of `from` to the beginning of `to`; at any time unless said.',
    ),
  deltaEvery: z.number().min(1).max(8760).optional().describe('Hours after a mailbox was completed until its next delta migration.'),
}).describe(
  'When the job runs once it was started, obeyed by whatever engine lives then: a VS Code window, or a command that runs the job.',
)

const job = strict({
  name: text.describe('Unique, without regard to case, and none of \\ / : * ? < > | or double quote.'),
  source: text.describe('Name of the source connection.'),
  target: text.describe('Name of the target connection.'),
  pairs: z
    .union([
      z.array(pair),
      strict({
        csv: file.describe(
          'CSV with the header `source,target,priority`, only `source` needed; or what `Get-Mailbox … | Export-Csv` wrote on the source. Relative to the plan file.',
        ),
        sourceList: file.optional().describe('What `Get-Mailbox … | Export-Csv` wrote on the source: gives the mailboxes their ids.'),
        targetList: file.optional().describe('The same of the target.'),
      }),
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
  schedule: schedule.optional(),
  newestFirst: z.boolean().optional(),
  subscriptions: z.boolean().optional().describe('Carries over which folders are subscribed; so unless said.'),
  allowSharedTargets: z.boolean().optional().describe('Your consent that another job writes to the same target mailboxes.'),
  cutOver: z.boolean().optional().describe('After the cutover nothing is deleted on the target any more, whatever the policy.'),
  archives: z
    .boolean()
    .optional()
    .describe(
      'Migrates archives (In-Place Archive) with their mailboxes: into the target mailbox’s archive, where it has none into a folder “In-Place Archive”. Of Exchange 2010 SP1 and later, and of Office 365, where Microsoft documents them in the beta version of Graph only, which it doesn’t support in production: they travel between tenants, into Exchange or IMAP not at all, and out of Exchange into such an archive only with `unprovenTransfer`. They aren’t looked at unless said.',
    ),
  unprovenTransfer: z
    .boolean()
    .optional()
    .describe(
      'From Exchange to Office 365: tries Exchange’s full-fidelity stream first, so that appointments, contacts and tasks come over too. Unproven, for Microsoft doesn’t document that Office 365 takes it; what it refuses comes over as messages. Not tried unless said.',
    ),
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
export type PlanMailbox = z.infer<typeof mailbox>
export const planPairSchema = pair
export const planJobSchema = job
