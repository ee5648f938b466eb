import { domainOf, hostKey } from '../../domain/addresses.ts'
import type { Recorded } from '../../domain/connection.ts'
import { isError, MailferryError } from '../../domain/errors.ts'
import type { Observed } from '../../domain/staleness.ts'
import { silence } from '../../domain/staleness.ts'
import { createSignInGuard } from '../signInGuard.ts'
import type { Access } from './access.ts'
import { acceptedDomains } from './directory/acceptedDomains.ts'
import { tenantId } from './directory/tenantId.ts'
import { whoSignsIn } from './directory/whoSignsIn.ts'
import { tenantOfDomain } from './entra/tenantOfDomain.ts'
import { tokenClaims } from './entra/tokenClaims.ts'

type Seen = Omit<Observed, 'at'>

/** Looks at a connection without doing harm: one sign-in, only where Microsoft's sign-in service for this cloud is. */
export async function observe(access: Access, recorded: Recorded | undefined, signal: AbortSignal): Promise<Seen> {
  const { user } = access
  try {
    return { signIn: 'accepted', user, found: await look(access, recorded, signal) }
  } catch (error) {
    if (
      isError(error, 'signIn.refused', 'signIn.expired', 'signIn.locked', 'signIn.interaction', 'application.unknown', 'tenant.notFound')
    ) {
      const domains = await domainsWithout(access, recorded)
      return { signIn: 'refused', user, ...(domains && { acceptedDomains: domains }) }
    }
    if (!(error instanceof MailferryError) || isError(error, 'stopped')) throw error
    if (isError(error, 'signIn.stopped')) {
      const domains = await domainsWithout(access, recorded)
      return { ...silence(error), ...(domains && { acceptedDomains: domains }) }
    }
    return silence(error)
  }
}

async function look(access: Access, recorded: Recorded | undefined, signal: AbortSignal): Promise<Omit<Recorded, 'at'>> {
  const { connection, endpoints, user } = access
  const tokens = await access.tokens(createSignInGuard(connection.name))
  const claims = tokenClaims(await tokens.token(signal))
  await using graph = access.graph(tokens)
  const asking = { graph, context: { host: new URL(endpoints.graph).host, connection: connection.name, user }, signal }
  const organisation = await tenantId(asking, claims)
  const adminAddress = await whoSignsIn(asking, connection.settings.signIn)
  const domains = await acceptedDomains(asking).catch((error: unknown) => {
    if (isError(error, 'permission.graph')) return undefined
    throw error
  })
  const until = await access.certificateUntil()
  const { at: _, ...known } = recorded ?? { at: '' }
  return {
    ...known,
    organisation,
    address: endpoints.graph,
    ...(adminAddress !== undefined && { adminAddress }),
    ...(domains && { acceptedDomains: domains }),
    // Another certificate may have been given meanwhile.
    ...(until && { expires: { what: 'certificate', at: until.toISOString() } }),
  }
}

/**
 * The accepted domains without the admin's, where the sign-in service says to somebody who isn't signed in that the domain belongs to another tenant now, or
 * to none. Nothing where it is still the recorded one's, or nobody answers.
 */
async function domainsWithout(access: Access, recorded: Recorded | undefined): Promise<readonly string[] | undefined> {
  const { signIn } = access.connection.settings
  const domain = signIn.method === 'admin' ? domainOf(recorded?.adminAddress ?? signIn.user) : undefined
  if (recorded === undefined || domain === undefined) return undefined
  const owner = await tenantOfDomain(access.endpoints.login, domain, access.network, access.userAgent).catch(quiet)
  if (owner === undefined || owner === recorded.organisation.toLowerCase()) return undefined
  return (recorded.acceptedDomains ?? []).filter(accepted => hostKey(accepted) !== domain)
}

const quiet = (error: unknown): undefined => {
  if (!(error instanceof MailferryError)) throw error
}
