import { hostKey } from '../../../domain/addresses.ts'

/**
 * The hosts whose Autodiscover may answer for a domain, in the order Exchange's clients ask them. Active Directory's service connection points come first for
 * clients inside the domain; they need LDAP and a domain account, so they are left out.
 */
export function candidateHosts(domain: string, at: string | undefined): string[] {
  return [...new Set([...(at === undefined ? [] : [at]), domain, `autodiscover.${domain}`].map(hostKey))]
}

export const redirectHost = (domain: string): string => `autodiscover.${hostKey(domain)}`
export const srvName = (domain: string): string => `_autodiscover._tcp.${hostKey(domain)}`

export type Flavour = 'soap' | 'pox'

export const pathOf: Readonly<Record<Flavour, string>> = {
  soap: '/autodiscover/autodiscover.svc',
  pox: '/autodiscover/autodiscover.xml',
}

/** `host` or `host:port`, as it stands in a URL. */
export const urlAt = (host: string, flavour: Flavour): string => `https://${host}${pathOf[flavour]}`
