import { domainOf, hostKey, liesIn } from '../../../domain/addresses.ts'

/** What a connection's secret may be shown to without asking anybody. */
export interface Own {
  /** The domain whose mail server is looked for. */
  readonly domain: string
  /** The Autodiscover server that the person named. */
  readonly at?: string | undefined
  /** The admin's user name; its domain is the company's too, where it has one. */
  readonly user: string
}

/**
 * Whether a host is one of the company's: the one that was named, or one in its domains. Discovery must not lead a secret to anybody else, however good the
 * certificate: Outlook asks its user then, and here a person names the host instead.
 */
export function isOwnHost(host: string, { domain, at, user }: Own): boolean {
  const name = withoutPort(host)
  if (isMicrosofts(name)) return false
  if (at !== undefined && withoutPort(at) === name) return true
  return [domain, domainOf(user)].some(own => own !== undefined && liesIn(name, own))
}

/** Exchange Online's hosts and domains: where a redirect into a tenant leads. */
export const isMicrosofts = (name: string): boolean =>
  [
    'outlook.com',
    'office365.com',
    'office.com',
    'onmicrosoft.com',
    'microsoft.com',
    'cloud.microsoft',
    'outlook.cn',
    'partner.outlook.cn',
  ].some(domain => liesIn(name, domain))

const withoutPort = (host: string): string => hostKey(host.replace(/:\d+$/, ''))
