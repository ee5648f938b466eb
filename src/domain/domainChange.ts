import { domainOf, hostKey, liesIn } from './addresses.ts'
import type { Connection, ConnectionSettings, Recorded, RefusedSignIn, Verification } from './connection.ts'
import { notNeeded } from './reconfigure.ts'
import { refusedIn } from './refusedSignIns.ts'
import { canBeStale } from './staleness.ts'

/** What of a connection depends on a domain. */
export type Dependence = 'admin' | 'autodiscover' | 'host'

export interface Concerned {
  readonly connection: Connection
  readonly because: readonly Dependence[]
}

const hostOf = (settings: ConnectionSettings): string | undefined => {
  if (settings.kind !== 'exchange') return undefined
  const { server } = settings
  if (server.by === 'host') return server.host
  return server.by === 'url' && URL.canParse(server.url) ? new URL(server.url).hostname : undefined
}

const adminOf = (settings: ConnectionSettings): string | undefined => {
  if (settings.kind === 'exchange') return settings.admin.user
  return settings.kind === 'office365' && settings.signIn.method === 'admin' ? settings.signIn.user : undefined
}

/** What of a connection breaks, or may break, when the domain moves; nothing for connections that can't become stale. */
export const dependences = (
  { settings, verification }: Pick<Connection, 'settings' | 'verification'>,
  domain: string,
): readonly Dependence[] => {
  if (!canBeStale(settings)) return []
  const moved = hostKey(domain)
  const recorded = 'recorded' in verification ? verification.recorded?.adminAddress : undefined
  const admins = [adminOf(settings), recorded].map(admin => domainOf(admin ?? ''))
  const host = hostOf(settings)
  return [
    ...(admins.includes(moved) ? ['admin' as const] : []),
    ...(settings.kind === 'exchange' && settings.server.by === 'autodiscover' && hostKey(settings.server.domain) === moved
      ? ['autodiscover' as const]
      : []),
    ...(host !== undefined && liesIn(host, moved) ? ['host' as const] : []),
  ]
}

/** Why no domain change concerns a connection of this kind and way of signing in; nothing where one can. */
export const exemption = (settings: ConnectionSettings): string | undefined =>
  settings.kind === 'imap' ? 'Its host and logins are what was typed, whatever domain they are in.' : notNeeded(settings)

/**
 * The connections whose sign-in or address depends on a domain: on both sides when it goes from the source to the target, on one when
 * only that one changed.
 */
export const concernedBy = (domain: string, connections: Iterable<Connection>): readonly Concerned[] =>
  [...connections].map(connection => ({ connection, because: dependences(connection, domain) })).filter(({ because }) => because.length > 0)

const declaredDetail = (domain: string): string => `the domain ${hostKey(domain)} moves`

/**
 * What a person's declaration of a domain change makes of a connection it concerns; nothing where there is nothing to mark: it was never
 * verified, so that nothing is recorded to be compared with, or it is stale already.
 */
export const declared = (verification: Verification, domain: string, at: string): Verification | undefined => {
  if (verification.state === 'stale' || !('recorded' in verification) || verification.recorded === undefined) return undefined
  const refused = refusedIn(verification)
  const stale = { state: 'stale', recorded: verification.recorded, reason: 'declared', detail: declaredDetail(domain), since: at } as const
  return refused.length === 0 ? stale : { ...stale, refused }
}

/** What becomes of a connection when the declaration of this domain's change is taken back; nothing where it isn't stale because of it. */
export const undeclared = (verification: Verification, domain: string): Verification | undefined =>
  verification.state === 'stale' && verification.reason === 'declared' && verification.detail === declaredDetail(domain)
    ? known(verification.recorded, refusedIn(verification))
    : undefined

const known = (recorded: Recorded, refused: readonly RefusedSignIn[]): Verification =>
  refused.length === 0 ? { state: 'verified', recorded } : { state: 'credentialsNeeded', recorded, refused }

/** The domains that a connection's sign-in or address depends on. */
export const domainsOf = ({ settings, verification }: Pick<Connection, 'settings' | 'verification'>): readonly string[] => {
  if (!canBeStale(settings)) return []
  const recorded = 'recorded' in verification ? verification.recorded?.adminAddress : undefined
  const named = [adminOf(settings), recorded].map(admin => domainOf(admin ?? ''))
  const found = settings.kind === 'exchange' && settings.server.by === 'autodiscover' ? hostKey(settings.server.domain) : undefined
  return [...new Set([...named, found].filter(domain => domain !== undefined))]
}
