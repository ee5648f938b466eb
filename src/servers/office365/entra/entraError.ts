import { MailferryError } from '../../../domain/errors.ts'
import { scrub } from '../../scrub.ts'
import type { EntraRefusal } from './entraNetwork.ts'

interface Asked {
  readonly host: string
  readonly tenant: string
  /** User name, or the application's client id. */
  readonly user: string
  readonly secrets: readonly string[]
}

type Meaning = 'refused' | 'expired' | 'locked' | 'clock' | 'tenant' | 'application' | 'consent' | 'interaction' | 'busy'

/** What Entra's error numbers mean for the person who has to act (Microsoft Entra, "Microsoft Entra authentication and authorization error codes"). */
const meanings: Readonly<Record<number, Meaning>> = {
  7000222: 'expired', // the client secret's keys are expired
  700082: 'expired', // the refresh token wasn't used for too long
  70008: 'expired',
  70043: 'expired', // by sign-in frequency of conditional access
  50173: 'expired', // the grant was revoked, as by a new password
  50055: 'expired', // the password
  50053: 'locked',
  50057: 'locked',
  7000112: 'locked', // the application is disabled
  700024: 'clock', // the client's assertion isn't within its time
  90002: 'tenant',
  900023: 'tenant',
  900021: 'tenant',
  50020: 'tenant', // the user is another tenant's
  700016: 'application',
  7000229: 'application', // the tenant has no service principal of it
  65001: 'consent',
  90094: 'consent',
  65004: 'consent',
  50074: 'interaction',
  50076: 'interaction',
  50079: 'interaction',
  50097: 'interaction',
  50158: 'interaction',
  53000: 'interaction',
  53001: 'interaction',
  53002: 'interaction',
  53003: 'interaction',
  53004: 'interaction',
  90033: 'busy',
  90055: 'busy',
  50196: 'busy', // the same request again and again
}

/** A refused request for a token as one of ours. */
export function entraError(refusal: EntraRefusal, { host, tenant, user, secrets }: Asked, now = Date.now()): MailferryError {
  const response = responseText(refusal, secrets)
  switch (meaningOf(refusal)) {
    case 'expired':
      return new MailferryError('signIn.expired', { host, user, response })
    case 'locked':
      return new MailferryError('signIn.locked', { host, user, response })
    case 'clock':
      return new MailferryError('signIn.clock', { host, user, response, ...skew(refusal.serverDate, now) })
    case 'tenant':
      return new MailferryError('tenant.notFound', { host, tenant, response })
    case 'application':
      return new MailferryError('application.unknown', { host, clientId: user, tenant, response })
    case 'consent':
      return new MailferryError('permission.graph', { host, user, reason: 'consent', needs: [], response })
    case 'interaction':
      return new MailferryError('signIn.interaction', { host, user, response })
    case 'busy':
      return new MailferryError('server.busy', { host, response })
    case 'refused':
      return new MailferryError('signIn.refused', { host, user, response })
  }
}

function meaningOf({ status, codes, description, error }: EntraRefusal): Meaning {
  for (const code of codes) {
    const meaning = meanings[code]
    if (meaning !== undefined) return meaning
  }
  // 700027 is said of a certificate that isn't the application's and of one that has expired.
  if (codes.includes(700027) && /\bexpired\b/i.test(description)) return 'expired'
  return status >= 500 || error === 'temporarily_unavailable' ? 'busy' : 'refused'
}

/** Entra's words without what differs each time. */
function responseText({ error, description }: EntraRefusal, secrets: readonly string[]): string {
  const [text = ''] = description.split(/\s*(?:Trace ID:|\r?\n)/, 1)
  return scrub(text === '' ? error : text, secrets)
}

/** By how many seconds this machine's clock is ahead of the server's, where it matters. */
export function skew(serverDate: number | undefined, now: number): { readonly aheadSeconds?: number } {
  const seconds = serverDate === undefined ? 0 : Math.round((now - serverDate) / 1000)
  return Math.abs(seconds) < 60 ? {} : { aheadSeconds: seconds }
}
