import { asMailferryError } from '../../../domain/asMailferryError.ts'
import type { Recorded } from '../../../domain/connection.ts'
import { isError, type MailferryError } from '../../../domain/errors.ts'
import type { Check, CheckName } from '../../mailServer.ts'
import type { Access } from '../access.ts'
import type { TokenClaims } from '../entra/tokenClaims.ts'
import type { Asking } from '../graph/ask.ts'

export type Learned = Omit<Recorded, 'at'>

/** What the checks of one verification share. */
export interface Verifying {
  readonly access: Access
  readonly asking: Asking
  /** Absent where the token is sealed. */
  readonly claims: TokenClaims | undefined
  readonly signal: AbortSignal
  /** Whose mailbox to try the right on. */
  readonly mailbox: string | undefined
}

export async function* fail(name: CheckName, detail: string, error: MailferryError): AsyncGenerator<Check, undefined> {
  yield { name, state: 'failed', detail, error }
  return undefined
}

/** The step that an error belongs to; `otherwise` where it tells nothing of its own. */
export function blames({ code }: MailferryError, otherwise: CheckName): CheckName {
  if (code.startsWith('host.')) return 'address'
  if (code.startsWith('tls.')) return 'tls'
  if (code === 'tenant.notFound') return 'organisation'
  return code.startsWith('signIn.') || code.startsWith('secret.') || code === 'application.unknown' ? 'signIn' : otherwise
}

/** What was thrown, as one of ours; a person's stopping goes on. */
export function ourError(thrown: unknown): MailferryError {
  const error = asMailferryError(thrown)
  if (isError(error, 'stopped')) throw error
  return error
}
