import type { Loss } from './mail.ts'

/**
 * The closed list of what can go wrong. An error is made where its cause is known, with the parameters that name the thing;
 * it becomes words only at the edge (`errorText.ts`). No parameter ever holds a secret or a message's content.
 */
export interface ErrorParams {
  // reaching a server
  'host.notFound': { host: string }
  'host.refused': { host: string; port: number }
  'host.unreachable': { host: string; port: number; cause: string }
  'host.timeout': { host: string; port: number; ms: number }
  'host.notImap': { host: string; port: number; detail: string }
  /** EWS sends every request on to another host; none of them was sent there. */
  'host.redirects': { host: string; to: string }
  'host.notExchange': { host: string; port: number; detail: string }
  'tls.untrusted': { host: string; reason: string; fingerprint: string }
  'tls.fingerprintMismatch': { host: string; expected: string; actual: string }
  'tls.starttlsMissing': { host: string; port: number }
  'tls.handshake': { host: string; port: number; reason: string }
  'tls.plaintextRefused': { host: string; port: number }
  'tls.caFile': { file: string; cause: string }
  // finding Exchange
  /** `tried`: hosts, each with why it did not help. */
  'autodiscover.failed': { domain: string; tried: string[] }
  'autodiscover.unknown': { address: string; host: string }
  'autodiscover.loop': { address: string; at: string }
  'autodiscover.insecure': { address: string; host: string }
  /** Discovery leads to another organisation; nobody's secret goes there. */
  'autodiscover.elsewhere': { address: string; host: string }
  // signing in
  /** `channelBinding`: the sign-in was bound to the TLS connection, so a proxy that ends TLS may be what is wrong. */
  'signIn.refused': { host: string; user: string; response: string; channelBinding?: boolean }
  'signIn.expired': { host: string; user: string; response: string }
  'signIn.locked': { host: string; user: string; response: string }
  'signIn.methodMissing': { host: string; method: string; offered: string }
  /** This secret was refused before; nobody tries it again until a person gave a new one. */
  'signIn.stopped': { connection: string; user: string }
  /** Entra ID says that what was signed here isn't of its time. `aheadSeconds`: how far this machine's clock is ahead of the server's. */
  'signIn.clock': { host: string; user: string; response: string; aheadSeconds?: number }
  /** A person has to sign in again, with a second factor or from an allowed device. */
  'signIn.interaction': { host: string; user: string; response: string }
  'tenant.notFound': { host: string; tenant: string; response: string }
  'application.unknown': { host: string; clientId: string; tenant: string; response: string }
  /** `needs`: names of permissions, any one of which would do. `policy`: they are there, but an access policy leaves the mailbox out. */
  /** `fullAccess`: somebody who is signed in himself has none to `mailbox`, or lacks consent for others' mailboxes. */
  'permission.graph': {
    host: string
    user: string
    reason: 'consent' | 'policy' | 'fullAccess'
    mailbox?: string
    needs: string[]
    response: string
  }
  /** `grant`: the line of a shell that grants it, where the server has one. */
  'permission.actAs': { host: string; admin: string; mailbox: string; response: string; grant?: string }
  /** Signed in, but EWS itself is closed to this account or to us. */
  /** Exchange Online's EWS; `since` is when it blocked those that didn't ask otherwise. */
  'ews.closed': { host: string; connection: string; since: string; response: string }
  'permission.ews': { host: string; user: string; response: string }
  'secret.missing': { connection: string; mailbox?: string }
  'secret.source': { reference: string; cause: string }
  /** VS Code keeps it, and gives it to nobody but its own engine. */
  'secret.inEditor': { connection: string }
  'vault.unavailable': { cause: string }
  // a server in mid-run
  'server.busy': { host: string; response: string; retryAfterMs?: number }
  'server.bye': { host: string; response: string }
  'server.dropped': { host: string; cause: string }
  'server.stalled': { host: string; ms: number }
  'server.protocol': { host: string; detail: string }
  /** A page for people in place of an answer: something in between answered. */
  'server.webPage': { host: string; status: number }
  'server.refused': { host: string; command: string; response: string }
  'server.tooManyConnections': { host: string; response: string }
  /** More bytes in one request than the server's web server takes. */
  'request.tooLarge': { host: string; size: number }
  // mailboxes, folders, items
  'mailbox.notFound': { mailbox: string; connection: string }
  /** There is a user, but Exchange Online has no mailbox of his that can be opened: unlicensed, soft-deleted, or still on-premises. */
  'mailbox.notOnline': { mailbox: string; response: string }
  /** `look`: the line that shows it to an administrator. */
  'mailbox.notReady': { mailbox: string; connection: string; reason: string; look?: string }
  /** It left the server: `to` one that its Autodiscover names, in this organisation or another. No secret went there. */
  'mailbox.elsewhere': { mailbox: string; connection: string; to?: string; sameOrganisation: boolean; response?: string }
  /** The mailbox has an archive, or may have one, that can't be looked at. */
  'archive.closed': { mailbox: string; response: string }
  'mailbox.full': { mailbox: string; response: string }
  'mailbox.replaced': { mailbox: string; side: 'source' | 'target' }
  /** The address was given to somebody else; the mailbox itself is still there under another one, or may be. */
  'mailbox.readdressed': { mailbox: string; connection: string; now?: string }
  'folder.refused': { folder: string; response: string }
  'folder.gone': { folder: string }
  'folder.collision': { folder: string; other: string; target: string }
  /** `raise`: the line of a shell that lets the mailbox take it. */
  'item.tooLarge': { size: number; limit: number; raise?: string }
  /** Its text and headers, which can't be sent in pieces. */
  'item.textTooLarge': { size: number; limit: number }
  'item.rejected': { response: string }
  'item.unreadable': { response: string }
  'item.changed': { expected: number; actual: number }
  /** Neither the way of transfer nor the target takes items of this class. */
  'item.notCarried': { itemClass: string; format: string }
  /** Changed in the source, and not changed in the target, for the reason given. */
  'item.notUpdated': { because: 'adopted' | 'touched' | 'gone' | 'unlocated' | 'refused' }
  /** A server keeps the operation from us by which whole items travel. */
  'transfer.refused': { host: string; operation: string; response: string }
  /** Migrated, without what the target can't have of it. */
  'item.reduced': { losses: Loss[] }
  /** Items of its class can't be carried in the formats that both servers have. */
  'folder.notCarried': { folder: string; containerClass: string; items: number }
  'pair.tooManyErrors': { errors: number; limit: number }
  'pair.deletionsHeld': { deletions: number; items: number }
  // the ledger
  'ledger.damaged': { path: string; detail: string }
  'ledger.newer': { path: string; version: number; supported: number }
  'ledger.foreign': { path: string }
  'ledger.network': { path: string; fileSystem: string }
  'ledger.unwritable': { path: string; cause: string }
  'ledger.diskFull': { path: string }
  'ledger.busy': { path: string; ms: number }
  'ledger.engineAlive': { path: string; engine: string }
  'ledger.upgradeFailed': { path: string; version: number; backup: string; detail: string }
  'lease.lost': { pair: string }
  'lease.held': { pair: string; engine: string; until: string }
  // the engine's process
  'engine.died': { cause: string }
  'engine.failed': { cause: string }
  'engine.channel': { detail: string }
  // what an administrator asks for
  inUse: { connection: string; jobs: string[] }
  stale: { connection: string; reason: string; operation: string }
  'reconfigure.impossible': { connection: string; reason: string }
  'organisation.different': { connection: string; recorded: string; found: string }
  'organisation.unproven': { connection: string }
  immutable: { connection: string; field: 'role' | 'kind' }
  /** An IMAP server that moved is another organisation as far as anybody can prove. */
  'imap.hostChanged': { connection: string; recorded: string; wanted: string }
  'name.taken': { kind: 'connection' | 'job'; name: string }
  'name.forbidden': { kind: 'connection' | 'job'; name: string; characters: string }
  'name.empty': { kind: 'connection' | 'job' }
  'name.tooLong': { kind: 'connection' | 'job'; name: string; length: number; limit: number }
  /** Somebody else changed it while a person edited it. */
  edited: { kind: 'connection' | 'job'; name: string }
  'connection.notFound': { name: string; known: string[] }
  'connection.role': { connection: string; job: string; role: 'source' | 'target' }
  'job.notFound': { name: string; known: string[] }
  /** Its item map is about the two it has. */
  'job.connections': { job: string; side: 'source' | 'target' }
  'job.running': { job: string; operation: string }
  'job.notRunning': { job: string }
  'job.empty': { job: string }
  'pair.notFound': { job: string; mailbox: string }
  'pair.twice': { job: string; mailbox: string; side: 'source' | 'target' }
  /** Its item map belongs to the mailboxes it has. */
  'pair.migrated': { job: string; mailbox: string }
  'pair.running': { job: string; mailbox: string; operation: string }
  'target.shared': { mailbox: string; job: string; otherJob: string }
  'plan.unreadable': { file: string; cause: string }
  'plan.invalid': { file: string; problems: { path: string; message: string }[] }
  'csv.invalid': { file: string; problems: { line: number; message: string }[] }
  'file.unreadable': { file: string; cause: string }
  'file.unwritable': { file: string; cause: string }
  usage: { detail: string }
  stopped: { what: string }
  internal: { detail: string }
}

export type ErrorCode = keyof ErrorParams

/** `transient`: try again by itself. `permanent`: this thing can't be done, go on with the rest. `person`: somebody has to act first. */
export type Remedy = 'transient' | 'permanent' | 'person'

const remedies: Partial<Record<ErrorCode, Remedy>> = {
  'host.timeout': 'transient',
  'host.refused': 'transient',
  'host.unreachable': 'transient',
  'server.busy': 'transient',
  'server.bye': 'transient',
  'server.dropped': 'transient',
  'server.stalled': 'transient',
  'server.protocol': 'transient',
  'server.webPage': 'transient',
  'server.tooManyConnections': 'transient',
  'ledger.busy': 'transient',
  'engine.died': 'transient',
  'engine.channel': 'transient',
  'archive.closed': 'permanent',
  'folder.refused': 'permanent',
  'folder.gone': 'permanent',
  'folder.collision': 'permanent',
  'item.tooLarge': 'permanent',
  'item.textTooLarge': 'permanent',
  'item.rejected': 'permanent',
  'item.unreadable': 'permanent',
  'item.changed': 'permanent',
  'item.notCarried': 'permanent',
  'item.notUpdated': 'permanent',
  'transfer.refused': 'permanent',
  'item.reduced': 'permanent',
  'folder.notCarried': 'permanent',
  'server.refused': 'permanent',
  'request.tooLarge': 'permanent',
  internal: 'permanent',
}

/** What an error of this code asks for; whatever is not listed needs a person. */
export const remedyOf = (code: ErrorCode): Remedy => remedies[code] ?? 'person'

export class MailferryError<Code extends ErrorCode = ErrorCode> extends Error {
  override readonly name = 'MailferryError'
  readonly code: Code
  readonly params: ErrorParams[Code]

  constructor(code: Code, params: ErrorParams[Code], options?: { cause?: unknown }) {
    super(code, options)
    this.code = code
    this.params = params
  }

  get remedy(): Remedy {
    return remedyOf(this.code)
  }
}

/** Tells whether something thrown is ours, and of one of these codes where any are named. */
export const isError = <Code extends ErrorCode>(thrown: unknown, ...codes: Code[]): thrown is MailferryError<Code> =>
  thrown instanceof MailferryError && (codes.length === 0 || (codes as ErrorCode[]).includes(thrown.code))

/** The same error with its parameters' type tied to its code, for a `switch` that narrows both. */
export type AnyError = { [Code in ErrorCode]: MailferryError<Code> & { code: Code; params: ErrorParams[Code] } }[ErrorCode]
