import type { ExchangeSettings, Recorded } from '../../../domain/connection.ts'
import type { MailferryError } from '../../../domain/errors.ts'
import type { Check, CheckName } from '../../mailServer.ts'
import type { Access } from '../access.ts'
import type { Directory } from '../directory/directory.ts'
import type { ActingFor, TypedCall } from '../library/typedEws.ts'
import type { SignIn } from '../signIn/signIn.ts'
import type { TroubleContext } from '../soap/troubleError.ts'
import type { EwsTransport } from '../transport/ewsTransport.ts'
import { errorOfRefusal } from './errorOfRefusal.ts'

export type Learned = Omit<Recorded, 'at'>

/** What the checks of one verification share. */
export interface Verifying {
  readonly access: Access
  readonly admin: ExchangeSettings['admin']
  readonly signIn: SignIn
  readonly signal: AbortSignal
  /** Whose mailbox to try the admin's right on. */
  readonly mailbox: string | undefined
}

/** What they share once EWS was found. */
export interface Reaching extends Verifying {
  readonly url: string
  readonly transport: EwsTransport
  readonly directory: Directory
  /** As the admin, or for the mailbox that is tried. */
  readonly call: TypedCall
  readonly actingFor: ActingFor | undefined
}

export async function* fail(name: CheckName, detail: string, error: MailferryError): AsyncGenerator<Check, undefined> {
  yield { name, state: 'failed', detail, error }
  return undefined
}

/** The step that an error belongs to; `otherwise` where it tells nothing of its own. */
export function blames({ code }: MailferryError, otherwise: CheckName): CheckName {
  if (code.startsWith('autodiscover.')) return 'discovery'
  if (code.startsWith('host.')) return 'address'
  if (code.startsWith('tls.')) return 'tls'
  return code.startsWith('signIn.') || code.startsWith('secret.') || code === 'permission.ews' ? 'signIn' : otherwise
}

export const ourError = (thrown: unknown, { access, admin, mailbox }: Verifying, operation: string, host = ''): MailferryError => {
  const context: TroubleContext = {
    host,
    connection: access.connection.name,
    mailbox: mailbox ?? admin.user,
    admin: admin.user,
    operation,
  }
  return errorOfRefusal(thrown, context)
}
