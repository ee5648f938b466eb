import { MailferryError } from '../../../domain/errors.ts'
import type { Folder, OpenOptions, WriteOptions } from '../../mailServer.ts'
import type { AheadAccount } from '../../readAhead.ts'
import { stopped } from '../../stopped.ts'
import { envelope, type SchemaVersion } from '../soap/envelope.ts'
import type { Trouble } from '../soap/trouble.ts'
import { errorOfTrouble } from '../soap/troubleError.ts'
import { textElement } from '../soap/xml.ts'
import type { EwsTransport } from '../transport/ewsTransport.ts'
import { grantAccess, takeLarger } from '../verify/powerShell.ts'
import type { RequestGate } from './requestGate.ts'

/** What the requests of one session share. */
export interface SessionContext {
  readonly host: string
  /** The connection's name, for errors that name it. */
  readonly connection: string
  /** The admin account's user name, for errors that name it. */
  readonly admin: string
  /** Address of the mailbox. */
  readonly mailbox: string
  readonly access: 'impersonation' | 'delegate'
  readonly transport: EwsTransport
  readonly gate: RequestGate
  readonly version: SchemaVersion
  readonly options: OpenOptions
  /** Milliseconds before something fruitless is tried again for the first time; doubled each time. */
  readonly pause: number
  /** What all readings together have asked for and not used yet. */
  readonly ahead: AheadAccount
  /** Bytes of content that go into one request; lowered where the server finds one too large. */
  readonly writeLimit: { bytes: number }
  /** The time of the server's last answer, milliseconds since the epoch; ours until one told it. */
  serverTime: number
}

/** Keys of this server are ItemIds. */
export function asItemId(key: number | string): string {
  if (typeof key === 'string' && key !== '') return key
  throw new MailferryError('internal', { detail: `${key} is no ItemId` })
}

/** Throws when the person, or a lost lease, ended it. */
export function throwIfStopped(signal: AbortSignal, what: string): void {
  if (signal.aborted) throw stopped(signal, what)
}

/** To be called before any bytes of a write are sent: after the deadline somebody else may own the pair. */
export const beforeDeadline =
  ({ mailbox }: SessionContext, { deadline }: WriteOptions) =>
  (): void => {
    if (performance.now() >= deadline()) throw new MailferryError('lease.lost', { pair: mailbox })
  }

/** What a trouble is about, beside the session. */
export interface About {
  readonly operation: string
  readonly folder?: Folder | undefined
  /** Bytes of the item. */
  readonly size?: number
}

export const sessionError = (context: SessionContext, { operation, folder, size }: About, trouble: Trouble): MailferryError =>
  errorOfTrouble(
    {
      host: context.host,
      connection: context.connection,
      mailbox: context.mailbox,
      admin: context.admin,
      grant: grantAccess({ user: context.admin, access: context.access }, context.mailbox),
      operation,
      ...(folder && { folder: folder.path.join('/') }),
      ...(size !== undefined && { size, raise: takeLarger(context.mailbox, size) }),
    },
    trouble,
  )

/** A request's bytes: the operation's element in its envelope. */
export function requestOf(context: SessionContext, operation: readonly (string | Buffer)[]): Buffer[] {
  const { start, end } = envelopeOf(context)
  return [start, ...operation, end].map(part => (typeof part === 'string' ? Buffer.from(part) : part))
}

export const envelopeOf = ({ version, access, mailbox }: SessionContext): ReturnType<typeof envelope> =>
  envelope({ version, ...(access === 'impersonation' && { impersonate: mailbox }) })

/** One of the folders every mailbox has. Without impersonation it has to be said whose; ids of other folders and of items say so themselves. */
export const distinguishedFolder = ({ access, mailbox }: SessionContext, id: string): string =>
  access === 'impersonation'
    ? `<t:DistinguishedFolderId Id="${id}"/>`
    : `<t:DistinguishedFolderId Id="${id}"><t:Mailbox>${textElement('t:EmailAddress', mailbox)}</t:Mailbox></t:DistinguishedFolderId>`
