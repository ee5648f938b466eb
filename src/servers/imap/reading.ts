import { setTimeout as sleep } from 'node:timers/promises'
import { isError, MailferryError } from '../../domain/errors.ts'
import type { Folder, ReadItem, ReadOptions } from '../mailServer.ts'
import type { SessionContext } from './sessionContext.ts'

/** What reading the items of one folder needs. */
export interface Reading {
  readonly context: SessionContext
  readonly folder: Folder
  readonly options: ReadOptions
  /** A folder opened on a wire before this `performance.now()` doesn't know the newest items. */
  readonly since: number
}

/** A connection that broke while reading. */
export interface Trouble {
  readonly error: MailferryError
  /** It broke while what we asked for was being sent. */
  readonly blamed: boolean
}

/** How often a connection may break at one and the same item before the item is taken to be the reason. */
export const breaksPerItem = 3

/** Milliseconds before a broken connection is replaced, times the breaks in a row. */
const pause = 200

export const pauseAfterBreak = async ({ options }: Reading, breaks: number): Promise<void> =>
  sleep(pause * breaks, undefined, { signal: options.signal }).catch(() => {})

/** The trouble that what was thrown is; throws it again where it isn't a broken connection. */
export function troubleOf(thrown: unknown, blamed: boolean): Trouble {
  if (isError(thrown, 'server.dropped', 'server.stalled', 'server.protocol', 'server.bye')) return { error: thrown, blamed }
  throw thrown
}

/**
 * Whether a refusal is about the message asked for, and not about the folder, the server or the moment. An error within the server
 * (`SERVERBUG`, RFC 5530) is: Dovecot says that of a damaged message.
 */
export const concernsItem = (refusal: MailferryError): boolean =>
  (refusal.remedy === 'permanent' || refusal.code === 'server.protocol') && refusal.code !== 'folder.gone'

/** The item's own error, with the server's words where it said any. */
export function unreadable(uid: number, reason: MailferryError | undefined): ReadItem {
  const response =
    reason === undefined ? 'the server has it, but gave NIL' : 'response' in reason.params ? String(reason.params.response) : reason.code
  return { key: uid, error: new MailferryError('item.unreadable', { response }, { cause: reason }) }
}
