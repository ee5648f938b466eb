import { MailferryError } from '../../domain/errors.ts'
import type { ItemKey } from '../../domain/mail.ts'
import type { AheadAccount } from '../readAhead.ts'
import { stopped } from '../stopped.ts'
import type { Namespace } from './names.ts'
import type { Pool } from './wire/pool.ts'

/** What the requests of one session share. */
export interface SessionContext {
  readonly host: string
  /** Address of the mailbox, for errors that name it. */
  readonly mailbox: string
  readonly pool: Pool
  /** What all readings together have asked for and not used yet. */
  readonly ahead: AheadAccount
  /** Upper case; the same for every wire of a session. */
  readonly capabilities: ReadonlySet<string>
  readonly namespace: Namespace
  /** Bytes, where the server named a limit. */
  readonly appendLimit: number | undefined
  /** Whether RFC822.SIZE is the number of bytes, as RFC 3501 wants it; false as soon as a message proves otherwise. */
  exactSizes: boolean
}

/** Keys of this server are UIDs (RFC 3501 2.3.1.1): numbers, 32 bits, never 0. */
export function asUid(key: ItemKey): number {
  if (typeof key === 'number' && Number.isInteger(key) && key > 0 && key < 2 ** 32) return key
  throw new MailferryError('internal', { detail: `${key} is no UID` })
}

/** Throws when the person, or a lost lease, ended it. */
export function throwIfStopped(signal: AbortSignal, what: string): void {
  if (signal.aborted) throw stopped(signal, what)
}
