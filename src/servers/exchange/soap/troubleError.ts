import { MailferryError } from '../../../domain/errors.ts'
import type { Trouble } from './trouble.ts'

/** Where a trouble was met, for the error to name it. */
export interface TroubleContext {
  readonly host: string
  /** The connection's name. */
  readonly connection: string
  /** Address of the mailbox. */
  readonly mailbox: string
  /** The admin account's user name. */
  readonly admin: string
  /** The line of a shell that grants it the mailbox. */
  readonly grant?: string
  /** The EWS operation, such as `CreateItem`. */
  readonly operation: string
  /** Path of the folder it was about, joined by `/`. */
  readonly folder?: string
  /** Bytes of the item it was about. */
  readonly size?: number
  /** The line of a shell that lets the mailbox take an item of that size. */
  readonly raise?: string
}

/** A trouble as one of our errors, as far as it is not one that the session deals with by itself. */
export function errorOfTrouble(context: TroubleContext, { code, meaning, backOffMs }: Trouble): MailferryError {
  const { host, mailbox, operation, size } = context
  if (isTransfer(operation) && (meaning === 'noOperation' || meaning === 'actAsDenied'))
    return new MailferryError('transfer.refused', { host, operation, response: code })
  switch (meaning) {
    case 'busy':
      return new MailferryError('server.busy', { host, response: code, ...(backOffMs !== undefined && { retryAfterMs: backOffMs }) })
    case 'tooManyConnections':
      return new MailferryError('server.tooManyConnections', { host, response: code })
    case 'timeout':
    case 'transient':
    case 'notTried':
      return new MailferryError('server.busy', { host, response: code })
    case 'folderGone':
      return new MailferryError('folder.gone', { folder: context.folder ?? '' })
    case 'mailboxFull':
      return new MailferryError('mailbox.full', { mailbox, response: code })
    case 'itemTooLarge':
    case 'requestTooLarge':
      // No server tells its limit; what is known is that this was above it.
      return size === undefined
        ? new MailferryError('item.rejected', { response: code })
        : new MailferryError('item.tooLarge', {
            size,
            limit: Math.max(0, size - 1),
            ...(context.raise !== undefined && { raise: context.raise }),
          })
    case 'itemBroken':
      return isReading(operation)
        ? new MailferryError('item.unreadable', { response: code })
        : new MailferryError('item.rejected', { response: code })
    case 'actAsDenied':
      return new MailferryError('permission.actAs', {
        host,
        admin: context.admin,
        mailbox,
        response: code,
        ...(context.grant !== undefined && { grant: context.grant }),
      })
    case 'noMailbox':
      return new MailferryError('mailbox.notFound', { mailbox, connection: context.connection })
    case 'otherServer':
      return new MailferryError('mailbox.elsewhere', { mailbox, connection: context.connection, sameOrganisation: true, response: code })
    case 'passwordExpired':
      return new MailferryError('signIn.expired', { host, user: context.admin, response: code })
    case 'accountDisabled':
      return new MailferryError('signIn.locked', { host, user: context.admin, response: code })
    default:
      return new MailferryError('server.refused', { host, command: operation, response: code })
  }
}

/** Without these two items still travel as MIME. */
const isTransfer = (operation: string): boolean => operation === 'ExportItems' || operation === 'UploadItems'

const isReading = (operation: string): boolean => /^(Get|Export|Find|Sync)/.test(operation)
