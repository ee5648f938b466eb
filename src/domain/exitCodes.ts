import type { ErrorCode } from './errors.ts'

/** What the command line's process ends with. Documented in README.md; numbers never change their meaning. */
export const exitCodes = {
  ok: 0,
  /** A mistake of Mailferry itself. */
  internal: 1,
  /** Wrong command, option, name of a thing, or plan or CSV file; nothing was done. */
  usage: 2,
  /** A server can't be reached, or breaks off again and again. */
  connect: 3,
  /** No encryption that can be trusted. */
  tls: 4,
  /** User name, password or token refused, expired, missing or locked. */
  signIn: 5,
  /** Signed in, but not allowed to do this. */
  permission: 6,
  /** A connection that jobs use, or a job that is running, is in the way; another engine has the pair. */
  inUse: 7,
  /** A connection has to be reconfigured first. */
  stale: 8,
  /** A mailbox is missing, full or was replaced. */
  mailbox: 9,
  /** Done, but not every item could be migrated; the report lists them. */
  completedWithDifferences: 10,
  /** Some mailboxes failed or wait for a person, others may be done. */
  incomplete: 11,
  /** The ledger can't be used. */
  ledger: 12,
  /** A file can't be read or written. */
  file: 13,
  /** The plan or CSV file has errors in it. */
  invalid: 14,
  /** More deletions than are carried over unasked. */
  deletionsHeld: 15,
  /** Ended by a person: Ctrl-C (128 + SIGINT), or *stop* from elsewhere. */
  stopped: 130,
} as const

export type ExitName = keyof typeof exitCodes
export type ExitCode = (typeof exitCodes)[ExitName]

const families: { readonly [Code in ErrorCode]: ExitName } = {
  'host.notFound': 'connect',
  'host.refused': 'connect',
  'host.unreachable': 'connect',
  'host.timeout': 'connect',
  'host.notImap': 'connect',
  'host.notExchange': 'connect',
  'host.redirects': 'connect',
  'tls.untrusted': 'tls',
  'tls.fingerprintMismatch': 'tls',
  'tls.starttlsMissing': 'tls',
  'tls.handshake': 'tls',
  'tls.plaintextRefused': 'tls',
  'tls.caFile': 'tls',
  'autodiscover.failed': 'connect',
  'autodiscover.unknown': 'connect',
  'autodiscover.loop': 'connect',
  'autodiscover.insecure': 'connect',
  'autodiscover.elsewhere': 'connect',
  'signIn.refused': 'signIn',
  'signIn.expired': 'signIn',
  'signIn.locked': 'signIn',
  'signIn.methodMissing': 'signIn',
  'signIn.stopped': 'signIn',
  'signIn.clock': 'signIn',
  'signIn.interaction': 'signIn',
  'tenant.notFound': 'signIn',
  'application.unknown': 'signIn',
  'permission.graph': 'permission',
  'permission.actAs': 'permission',
  'ews.closed': 'permission',
  'permission.ews': 'permission',
  'secret.missing': 'signIn',
  'secret.source': 'signIn',
  'secret.inEditor': 'signIn',
  'vault.unavailable': 'signIn',
  'server.busy': 'connect',
  'server.bye': 'connect',
  'server.dropped': 'connect',
  'server.stalled': 'connect',
  'server.protocol': 'connect',
  'server.webPage': 'connect',
  'server.refused': 'connect',
  'server.tooManyConnections': 'connect',
  'request.tooLarge': 'completedWithDifferences',
  'mailbox.notFound': 'mailbox',
  'mailbox.elsewhere': 'mailbox',
  'mailbox.notOnline': 'mailbox',
  'mailbox.notReady': 'mailbox',
  'mailbox.full': 'mailbox',
  'mailbox.replaced': 'mailbox',
  'mailbox.readdressed': 'mailbox',
  'archive.closed': 'completedWithDifferences',
  'folder.refused': 'completedWithDifferences',
  'folder.gone': 'completedWithDifferences',
  'folder.collision': 'completedWithDifferences',
  'item.tooLarge': 'completedWithDifferences',
  'item.textTooLarge': 'completedWithDifferences',
  'item.rejected': 'completedWithDifferences',
  'item.unreadable': 'completedWithDifferences',
  'item.changed': 'completedWithDifferences',
  'item.notCarried': 'completedWithDifferences',
  'transfer.refused': 'completedWithDifferences',
  'item.notUpdated': 'completedWithDifferences',
  'item.reduced': 'completedWithDifferences',
  'folder.notCarried': 'completedWithDifferences',
  'pair.tooManyErrors': 'incomplete',
  'pair.deletionsHeld': 'deletionsHeld',
  'ledger.damaged': 'ledger',
  'ledger.newer': 'ledger',
  'ledger.foreign': 'ledger',
  'ledger.network': 'ledger',
  'ledger.unwritable': 'ledger',
  'ledger.diskFull': 'ledger',
  'ledger.busy': 'ledger',
  'ledger.engineAlive': 'ledger',
  'ledger.upgradeFailed': 'ledger',
  'lease.lost': 'inUse',
  'lease.held': 'inUse',
  'engine.died': 'internal',
  'engine.failed': 'internal',
  'engine.channel': 'internal',
  inUse: 'inUse',
  stale: 'stale',
  'reconfigure.impossible': 'usage',
  'organisation.different': 'permission',
  'organisation.unproven': 'permission',
  immutable: 'usage',
  'imap.hostChanged': 'inUse',
  'name.taken': 'usage',
  'name.forbidden': 'usage',
  'name.empty': 'usage',
  'name.tooLong': 'usage',
  edited: 'inUse',
  'connection.notFound': 'usage',
  'connection.role': 'usage',
  'job.notFound': 'usage',
  'job.connections': 'usage',
  'job.running': 'inUse',
  'job.notRunning': 'usage',
  'job.empty': 'usage',
  'pair.notFound': 'usage',
  'pair.twice': 'usage',
  'pair.migrated': 'inUse',
  'pair.running': 'inUse',
  'target.shared': 'inUse',
  'plan.unreadable': 'file',
  'plan.invalid': 'invalid',
  'csv.invalid': 'invalid',
  'file.unreadable': 'file',
  'file.unwritable': 'file',
  usage: 'usage',
  stopped: 'stopped',
  internal: 'internal',
}

/** The exit code of a command that ended with an error. A code of a newer Mailferry counts as internal. */
export const exitCodeOf = (code: ErrorCode): ExitCode => exitCodes[families[code] ?? 'internal']

/** The one exit code of a command on several things: the first that is not 0, in the order of how much it matters to a script. */
export const worstExit = (codes: Iterable<ExitCode>): ExitCode => {
  const seen = new Set(codes)
  const order: readonly ExitName[] = [
    'stopped',
    'internal',
    'ledger',
    'stale',
    'signIn',
    'permission',
    'tls',
    'connect',
    'inUse',
    'mailbox',
    'deletionsHeld',
    'invalid',
    'file',
    'usage',
    'incomplete',
    'completedWithDifferences',
  ]
  const worst = order.find(name => seen.has(exitCodes[name]))
  return worst === undefined ? exitCodes.ok : exitCodes[worst]
}
