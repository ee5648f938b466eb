import { MailferryError } from '../../../domain/errors.ts'
import type { ItemDetails, ItemKey } from '../../../domain/mail.ts'
import type { Mailbox } from '../../../domain/pair.ts'
import type { Folder, OpenOptions, WriteOptions } from '../../mailServer.ts'
import type { AheadAccount } from '../../readAhead.ts'
import { stopped } from '../../stopped.ts'
import { type GraphContext, graphError } from '../graph/graphError.ts'
import type { GraphResponse, GraphTransport } from '../graph/graphTransport.ts'
import type { ImportAddress } from './importAddress.ts'

/** What the requests of one session share. */
export interface SessionContext {
  readonly host: string
  /** The connection's name, for errors that name it. */
  readonly connection: string
  /** Who signs in: a user name or a client id, for errors that name it. */
  readonly admin: string
  /** Whose mailbox it is, with the Entra object id. */
  readonly owner: Mailbox
  /** `/users/{id}`. */
  readonly user: string
  /** Its items can be reached as messages; an archive's can't. */
  readonly mail: boolean
  /** `/admin/exchange/mailboxes/{id}`; undefined where the import and export API can't be used. */
  readonly store: string | undefined
  readonly transport: GraphTransport
  readonly options: OpenOptions
  /** Milliseconds before something fruitless is tried again for the first time; doubled each time. */
  readonly pause: number
  /** Milliseconds after which lists surely show what was written. */
  readonly settle: number
  /** What all readings together have asked for and not used yet. */
  readonly ahead: AheadAccount
  /** What a listing told of items that are to be read, so that it isn't asked for once more. */
  readonly details: Map<ItemKey, ItemDetails>
  /** What items were stamped with as they were written, and their versions since. */
  readonly stamped: Map<ItemKey, { readonly marker: string; readonly version: string | undefined }>
  readonly importAddress: ImportAddress
  /** The time of the server's last answer, milliseconds since the epoch; ours until one told it. */
  serverTime: number
  /** Monotonic milliseconds of the last write; of the opening until there is one, for a run before may have written right before it ended. */
  lastWrite: number
}

/** Keys of this server are ids: immutable ones of messages, the import and export API's of other items. */
export function asItemId(key: ItemKey): string {
  if (typeof key === 'string' && key !== '') return key
  throw new MailferryError('internal', { detail: `${key} is no id of an item` })
}

/** Whether a folder's items are messages in Graph's terms. Those of other folders only the import and export API has. */
export const holdsMessages = ({ mail }: Pick<SessionContext, 'mail'>, { containerClass }: Pick<Folder, 'containerClass'>): boolean =>
  mail && (containerClass === undefined || /^IPF\.(Note|Imap)(\.|$)/i.test(containerClass))

/** Path of a folder's messages. */
export const messagesIn = ({ user }: SessionContext, { id }: Folder): string => `${user}/mailFolders/${encodeURIComponent(id)}/messages`

export const messagePath = ({ user }: SessionContext, id: string): string => `${user}/messages/${encodeURIComponent(id)}`

/** Path of a folder's items of any class. Throws where the import and export API can't be used: such folders aren't listed then. */
export function itemsIn(context: SessionContext, { id }: Folder): string {
  return `${storeOf(context)}/folders/${encodeURIComponent(id)}/items`
}

export function storeOf({ store }: SessionContext): string {
  if (store === undefined) throw new MailferryError('internal', { detail: 'the import and export API is not to be used' })
  return store
}

/** Throws when the person, or a lost lease, ended it. */
export function throwIfStopped(signal: AbortSignal, what: string): void {
  if (signal.aborted) throw stopped(signal, what)
}

/** To be called before any bytes of a write are sent: after the deadline somebody else may own the pair. */
export const beforeDeadline =
  ({ owner }: SessionContext, { deadline }: WriteOptions) =>
  (): void => {
    if (performance.now() >= deadline()) throw new MailferryError('lease.lost', { pair: owner.address })
  }

/** What a request is about, beside the session. */
export interface About {
  /** As `GET messages`, for people. */
  readonly operation: string
  readonly folder?: Folder | undefined
  readonly needs?: readonly string[]
}

/** What Graph refused, in our words. */
export function sessionError(context: SessionContext, { operation, folder, needs }: About, response: GraphResponse): MailferryError {
  if (folder && isGone(response)) return new MailferryError('folder.gone', { folder: folder.path.join('/') })
  const { host, connection, admin: user, owner } = context
  const about: GraphContext = { host, connection, user, mailbox: owner.address, operation, ...(needs && { needs }) }
  return graphError(response, about)
}

/** The item or folder that a path names isn't there, or no longer. */
export const isGone = ({ status, error }: GraphResponse): boolean =>
  status === 404 &&
  (error === undefined || /^(ErrorItemNotFound|ErrorFolderNotFound|ItemNotFound|ErrorInvalidMailboxItemId)$/i.test(error.code))
