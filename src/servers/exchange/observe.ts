import { domainOf, hostKey } from '../../domain/addresses.ts'
import type { Recorded } from '../../domain/connection.ts'
import { isError, MailferryError } from '../../domain/errors.ts'
import type { Observed } from '../../domain/staleness.ts'
import { silence } from '../../domain/staleness.ts'
import { createSignInGuard } from '../signInGuard.ts'
import { type Access, typedUrl } from './access.ts'
import { candidateHosts } from './autodiscover/candidates.ts'
import { askJson, leadsTo } from './autodiscover/leadsTo.ts'
import { acceptedDomains } from './verify/acceptedDomains.ts'
import { whoSignsIn } from './verify/whoSignsIn.ts'

type Seen = Omit<Observed, 'at'>

/**
 * Looks at a connection without doing harm: signs in at the recorded address alone (or at one that a person typed), never at one that discovery found, for after a
 * domain moved, discovery leads to another company.
 */
export async function observe(access: Access, recorded: Recorded | undefined, signal: AbortSignal): Promise<Seen> {
  const { settings } = access.connection
  const { user } = settings.admin
  const url = recorded?.address ?? typedUrl(settings.server)
  if (url === undefined) return { cause: 'It was never verified, and a check by itself shows no secret to a server that discovery finds.' }
  try {
    const found = await look(access, url, recorded, signal)
    return { signIn: 'accepted', user, found }
  } catch (error) {
    if (isError(error, 'signIn.refused', 'signIn.expired', 'signIn.locked')) {
      const domains = await domainsWithout(access, url, recorded, signal)
      return { signIn: 'refused', user, ...(domains && { acceptedDomains: domains }) }
    }
    if (!(error instanceof MailferryError) || isError(error, 'stopped')) throw error
    const discovery = await whereDiscoveryLeads(access, recorded, signal)
    return { ...silence(error), ...(discovery && { discovery }) }
  }
}

async function look(access: Access, url: string, recorded: Recorded | undefined, signal: AbortSignal): Promise<Omit<Recorded, 'at'>> {
  const { user } = access.connection.settings.admin
  const signIn = await access.signIn(createSignInGuard(access.connection.name))
  await using transport = access.transport(url, signIn)
  await using directory = access.directory(url, signIn)
  const who = await whoSignsIn({ transport, directory }, user, recorded?.adminAddress, { signal })
  const domains = await acceptedDomains(transport, { signal })
  const { at: _, ...known } = recorded ?? { at: '', organisation: '' }
  return {
    ...known,
    // Whoever was let in at the recorded address, over a trusted connection, is where he was as long as nothing says otherwise.
    organisation: who?.deploymentId ?? known.organisation,
    ...(who?.address !== undefined && { adminAddress: who.address }),
    ...(domains && { acceptedDomains: domains }),
    address: url,
  }
}

/**
 * The accepted domains without the admin's, where the recorded server says to somebody who isn't signed in that it has no mailbox of the recorded admin any
 * more. An inference: an admin whose mailbox was renamed or deleted alone looks the same. Nothing where the server tells nothing.
 */
async function domainsWithout(
  access: Access,
  url: string,
  recorded: Recorded | undefined,
  signal: AbortSignal,
): Promise<readonly string[] | undefined> {
  const gone = domainOf(recorded?.adminAddress ?? '')
  if (recorded?.adminAddress === undefined || gone === undefined) return undefined
  const { host } = new URL(url)
  const answer = await askJson(access.asking(signal), host, recorded.adminAddress).catch(quiet)
  const elsewhere = answer?.kind === 'redirect' && URL.parse(answer.to, url)?.host !== host
  if (answer?.kind !== 'unknown' && !elsewhere) return undefined
  return (recorded.acceptedDomains ?? []).filter(domain => hostKey(domain) !== gone)
}

/**
 * Where discovery leads now, beside where it led when the connection was recorded. One of the domain's own hosts that answers without saying where EWS is proves
 * nothing: it may be the same server under another of its names, or one whose version 2 is silent today.
 */
async function whereDiscoveryLeads(access: Access, recorded: Recorded | undefined, signal: AbortSignal): Promise<Observed['discovery']> {
  const { server, admin } = access.connection.settings
  if (server.by !== 'autodiscover' || recorded?.discovered === undefined) return undefined
  const address = recorded.adminAddress ?? (admin.user.includes('@') ? admin.user : `postmaster@${server.domain}`)
  const lead = await leadsTo({ ...access.asking(signal), domain: server.domain, at: server.at, address }).catch(quiet)
  if (lead === undefined) return undefined
  const before = hostKey(recorded.discovered)
  if ([lead.ews, lead.autodiscover].some(host => host !== undefined && hostKey(host) === before)) {
    return { recorded: recorded.discovered, now: recorded.discovered }
  }
  if (lead.ews !== undefined) return { recorded: recorded.discovered, now: lead.ews }
  const proves = lead.unknown === true || !candidateHosts(server.domain, server.at).includes(hostKey(lead.autodiscover))
  return proves ? { recorded: recorded.discovered, now: lead.autodiscover } : undefined
}

const quiet = (error: unknown): undefined => {
  if (!(error instanceof MailferryError) || isError(error, 'stopped')) throw error
}
