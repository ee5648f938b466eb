import { domainOf, hostKey, sameAddress } from './addresses.ts'
import type { Connection, ConnectionSettings, Recorded, StaleReason, Verification } from './connection.ts'
import { MailferryError } from './errors.ts'
import { describe } from './errorText.ts'
import type { StoredError } from './pair.ts'
import { recordedIn, refusedIn, refusedSignIn, secretGiven } from './refusedSignIns.ts'

/** The domains in which every tenant has a name of its own that it keeps for good, by cloud: global, US government, China. */
const tenantDomains = ['onmicrosoft.com', 'onmicrosoft.us', 'partner.onmschina.cn']

/** Whether the user name is one that no domain change can touch: in the tenant's own `*.onmicrosoft.com` domain, or its like in the national clouds. */
export const isTenantUser = (user: string): boolean => tenantDomains.some(domain => domainOf(user)?.endsWith(`.${domain}`) ?? false)

/**
 * Whether a domain change can make a connection stale. Not IMAP, whose host and logins are what was typed; not Office 365 by an application or an
 * `*.onmicrosoft.com` admin, whose sign-in depends on no domain of the company.
 */
export const canBeStale = (settings: ConnectionSettings): boolean => {
  switch (settings.kind) {
    case 'exchange':
      return true
    case 'office365':
      return settings.signIn.method === 'admin' && !isTenantUser(settings.signIn.user)
    case 'imap':
      return false
  }
}

/** What one check of a connection found; whatever could not be learned is absent. */
export interface Observed {
  /** ISO 8601, UTC. */
  readonly at: string
  /** Absent: nothing answered at the recorded address, `cause` says how. */
  readonly signIn?: 'accepted' | 'refused'
  /** User name that was tried. */
  readonly user?: string
  readonly cause?: string
  readonly error?: StoredError
  /** What the sign-in led to. */
  readonly found?: Omit<Recorded, 'at'>
  /** The organisation's accepted domains, where they can be learned without the refused sign-in. */
  readonly acceptedDomains?: readonly string[]
  /** Where unauthenticated discovery leads now, and where it led when recorded. */
  readonly discovery?: { readonly recorded: string; readonly now: string }
}

/** Why nothing answered: in words, and as what it was. */
export function silence(error: MailferryError): { readonly cause: string; readonly error: StoredError } {
  // Proof of the cast: the class ties code and parameters together, which its type can't say.
  return { cause: describe(error).message, error: { code: error.code, params: error.params } as StoredError }
}

type Stale = Extract<Verification, { state: 'stale' }>

const stale = (recorded: Recorded, reason: StaleReason, detail: string, since: string): Stale => ({
  state: 'stale',
  recorded,
  reason,
  detail,
  since,
})

/** Why the connection is stale, by comparison with what was recorded; nothing where nothing says so. */
const reasonToBeStale = (settings: ConnectionSettings, recorded: Recorded, seen: Observed): Stale | undefined => {
  if (!canBeStale(settings)) return undefined
  const address = seen.found?.adminAddress
  if (recorded.adminAddress !== undefined && address !== undefined && !sameAddress(recorded.adminAddress, address)) {
    return stale(recorded, 'adminAddressChanged', `${recorded.adminAddress} is ${address} now`, seen.at)
  }
  const elsewhere =
    seen.discovery !== undefined && hostKey(seen.discovery.now) !== hostKey(seen.discovery.recorded) ? seen.discovery : undefined
  if (seen.signIn === 'refused') return domainGone(recorded, seen, elsewhere?.now)
  if (seen.signIn === undefined && elsewhere !== undefined) {
    return stale(recorded, 'addressMoved', `${elsewhere.recorded} is gone, and discovery leads to ${elsewhere.now}`, seen.at)
  }
  return undefined
}

/**
 * Whether a refused admin's domain has left the organisation: by its accepted domains, or, where those can't be learned without the refused
 * sign-in, because the domain's discovery leads to another server than when it was recorded.
 */
const domainGone = (recorded: Recorded, seen: Observed, elsewhere: string | undefined): Stale | undefined => {
  const domain = domainOf(recorded.adminAddress ?? seen.user ?? '')
  if (domain === undefined) return undefined
  const accepted = seen.acceptedDomains?.map(hostKey)
  if (accepted === undefined ? elsewhere === undefined : accepted.includes(domain)) return undefined
  const where = accepted === undefined ? `; discovery of it leads to ${elsewhere}` : ''
  return stale(recorded, 'signInRefusedDomainGone', `${domain} is no longer a domain of the organisation${where}`, seen.at)
}

/**
 * What is known of a connection after a check. A declared domain change stays until the connection is reconfigured: signing in may go on working for days.
 * A refused sign-in alone means *credentials needed*, no answer *unreachable*; neither is stale.
 *
 * @returns `organisation.different` where the sign-in now leads to another organisation: nothing of that is taken over.
 */
export const judge = ({ name, settings, verification }: Connection, seen: Observed): Verification | MailferryError => {
  const recorded = recordedIn(verification)
  const refused = seen.signIn === 'refused' ? refusedSignIn(verification, seen.user ?? '', seen.at) : secretGivenTo(verification, seen)
  if (verification.state === 'stale' && verification.reason === 'declared') return refused
  if (recorded !== undefined) {
    const { found } = seen
    if (found !== undefined && found.organisation !== recorded.organisation) {
      return new MailferryError('organisation.different', { connection: name, recorded: recorded.organisation, found: found.organisation })
    }
    const reason = reasonToBeStale(settings, recorded, seen)
    if (reason !== undefined) {
      const since = verification.state === 'stale' ? verification.since : reason.since
      return { ...reason, since, ...(refusedIn(refused).length === 0 ? {} : { refused: refusedIn(refused) }) }
    }
  }
  const known = recorded === undefined ? {} : { recorded }
  if (seen.signIn === 'accepted') return accepted(verification, seen)
  if (verification.state === 'stale' || seen.signIn === 'refused') return refused
  if (verification.state === 'credentialsNeeded') return verification
  return {
    state: 'unreachable',
    ...known,
    since: verification.state === 'unreachable' ? verification.since : seen.at,
    cause: seen.cause ?? 'no answer',
    ...(seen.error === undefined ? {} : { error: seen.error }),
  }
}

const secretGivenTo = (verification: Verification, { signIn, user }: Observed): Verification =>
  signIn === 'accepted' ? secretGiven(verification, user) : verification

/** The sign-in works; other users of the connection may still wait for their secrets. */
const accepted = (verification: Verification, { at, user, found }: Observed): Verification => {
  const recorded = found === undefined ? recordedIn(verification) : { at, ...found }
  const rest = secretGiven(verification, user)
  if (rest.state === 'credentialsNeeded') return recorded === undefined ? rest : { ...rest, recorded }
  return recorded === undefined ? { state: 'unverified' } : { state: 'verified', recorded }
}
