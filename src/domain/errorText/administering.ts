import type { Words } from './words.ts'
import { count, listed, quoted, said } from './words.ts'

const known = (names: readonly string[]): string => (names.length === 0 ? 'There are none yet.' : `Known: ${listed(names)}.`)

const article = { connection: 'a connection', job: 'a job' } as const

/** What an administrator asked for and can't have. */
export const administering = {
  inUse: ({ connection, jobs }) => ({
    message: `The connection ${quoted(connection)} is used by ${jobs.length === 1 ? 'the job' : `${jobs.length} jobs:`} ${listed(jobs)}, so it can't be edited or deleted.`,
    next: 'Delete these jobs first. If only the server’s address or the admin account changed with a domain change, reconfigure the connection instead.',
  }),
  stale: ({ connection, reason, operation }) => ({
    message: `The connection ${quoted(connection)} is stale${said(reason)} Until it is reconfigured, this is refused: ${operation}.`,
    next: `Reconfigure the connection ${quoted(connection)} first (mailferry connection reconfigure), then ask again.`,
  }),
  'reconfigure.impossible': ({ connection, reason }) => ({
    message: `The connection ${quoted(connection)} can't be reconfigured${said(reason)}`,
    next: 'If another server or account is really meant, make a new connection and a new job that adopts what is already on the target.',
  }),
  'organisation.different': ({ connection, recorded, found }) => ({
    message: `The connection ${quoted(connection)} belongs to the organisation ${recorded}, but what was given leads to ${found}. Nothing was changed.`,
    next: 'Give the new address or admin account of the same organisation; for another one make a new connection.',
  }),
  'organisation.unproven': ({ connection }) => ({
    message: `Nothing proves that what was given leads to the same organisation as before. The connection ${quoted(connection)} was not changed.`,
    next: `If you are sure, type the connection’s name, ${quoted(connection)}, to take the responsibility; it is journalled.`,
  }),
  immutable: ({ connection, field }) => ({
    message: `The ${field} of the connection ${quoted(connection)} never changes.`,
    next: `Make a new connection with the ${field} you want.`,
  }),
  'imap.hostChanged': ({ connection, recorded, wanted }) => ({
    message: `The IMAP connection ${quoted(connection)} leads to ${recorded}; jobs use it, and nothing can prove that ${wanted} has the same mailboxes.`,
    next: `Make a new connection to ${wanted} and a new job with it, and let that job adopt what is already on the target.`,
  }),
  'name.taken': ({ kind, name }) => ({
    message: `There is already ${article[kind]} named ${quoted(name)} (capital letters make no difference).`,
    next: 'Choose another name.',
  }),
  'name.forbidden': ({ kind, name, characters }) => ({
    message: `${quoted(name)} can't be the name of ${article[kind]}: it contains ${characters}.`,
    next:
      kind === 'job'
        ? 'Use a name without control characters and without any of \\ / : * ? < > | "'
        : 'Use a name without control characters.',
  }),
  'name.empty': ({ kind }) => ({ message: `The name of ${article[kind]} can't be empty.`, next: 'Give it a name.' }),
  'name.tooLong': ({ kind, name, length, limit }) => ({
    message: `The name of ${article[kind]} has ${length} characters, more than ${limit}: ${quoted(`${name.slice(0, 40)}…`)}.`,
    next: 'Choose a shorter name.',
  }),
  'connection.notFound': ({ name, known: names }) => ({
    message: `There is no connection named ${quoted(name)}. ${known(names)}`,
    next: 'Check the spelling, or define the connection first.',
  }),
  'connection.role': ({ connection, job, role }) => ({
    message: `The job ${quoted(job)} wants the connection ${quoted(connection)} as its ${role}, but that is not its role.`,
    next: `Choose a connection whose role is ${role}.`,
  }),
  'job.notFound': ({ name, known: names }) => ({
    message: `There is no job named ${quoted(name)}. ${known(names)}`,
    next: 'Check the spelling, or define the job first.',
  }),
  'job.running': ({ job, operation }) => ({
    message: `The job ${quoted(job)} is running, so this has to wait: ${operation}.`,
    next: 'Stop the job first.',
  }),
  'job.notRunning': ({ job }) => ({
    message: `The job ${quoted(job)} is not running.`,
    next: 'There is nothing to stop; start it if that was meant.',
  }),
  'job.empty': ({ job }) => ({
    message: `The job ${quoted(job)} has no mailboxes.`,
    next: 'Add mailbox pairs to it: in the plan file, or by matching.',
  }),
  'pair.notFound': ({ job, mailbox }) => ({
    message: `The job ${quoted(job)} has no mailbox ${quoted(mailbox)}.`,
    next: 'Check the spelling; mailferry job status lists them.',
  }),
  'pair.twice': ({ job, mailbox, side }) => ({
    message: `In the job ${quoted(job)}, the ${side} mailbox ${quoted(mailbox)} is listed twice.`,
    next:
      side === 'source'
        ? 'Leave one of the two out; to copy a mailbox to two places, make two jobs.'
        : 'Leave one of the two out; to bring two mailboxes together in one, make two jobs and allow shared targets.',
  }),
  'job.connections': ({ job, side }) => ({
    message: `The job ${quoted(job)} has another ${side} connection, and that never changes: what it migrated is recorded for the two it has.`,
    next: 'Make a new job for the other connection.',
  }),
  edited: ({ kind, name }) => ({
    message: `The ${kind} ${quoted(name)} was changed elsewhere while you edited it. Nothing was saved.`,
    next: 'Look at what it is now; then save again what is still to be changed.',
  }),
  'pair.migrated': ({ job, mailbox }) => ({
    message: `The mailbox ${quoted(mailbox)} of the job ${quoted(job)} can't be paired with another one: mail of it was migrated already.`,
    next: 'Reset the mailbox first, which forgets what was migrated, or migrate to the other one in a job of its own.',
  }),
  'pair.running': ({ job, mailbox, operation }) => ({
    message: `The mailbox ${quoted(mailbox)} of the job ${quoted(job)} is running, so this has to wait: ${operation}.`,
    next: 'Stop the job first, or wait until the mailbox is done.',
  }),
  'target.shared': ({ mailbox, job, otherJob }) => ({
    message: `The jobs ${quoted(job)} and ${quoted(otherJob)} would both write to the mailbox ${quoted(mailbox)}.`,
    next: 'Take it out of one of them. If it is meant, allow it in the job’s settings ("allowSharedTargets": true).',
  }),
  'plan.unreadable': ({ file, cause }) => ({
    message: `The plan file ${quoted(file)} can't be read${said(cause)}`,
    next: 'Give a JSON file; mailferry.schema.json describes it.',
  }),
  'plan.invalid': ({ file, problems }) => ({
    message: `The plan file ${quoted(file)} has ${count(problems.length, 'problem')}; nothing was applied.\n${problems.map(({ path, message }) => `  ${path === '' ? '(whole file)' : path}: ${message}`).join('\n')}`,
    next: 'Correct these places; mailferry.schema.json describes what belongs there.',
  }),
  'csv.invalid': ({ file, problems }) => ({
    message: `The CSV file ${quoted(file)} has ${count(problems.length, 'bad row')}.\n${problems.map(({ line, message }) => `  line ${line}: ${message}`).join('\n')}`,
    next: 'Correct these lines; nothing of the file was taken.',
  }),
  usage: ({ detail }) => ({
    message: detail.trim() === '' ? 'That is not how the command is used.' : detail,
    next: 'See mailferry --help.',
  }),
  stopped: ({ what }) => ({ message: `${what} was stopped before it was done.`, next: 'Start it again: it goes on where it stopped.' }),
  internal: ({ detail }) => ({
    message: `Mailferry made a mistake${said(detail)}`,
    next: 'Please report it with the log; what was already carried over is safe, and the run can be started again.',
  }),
} satisfies Partial<Words>
