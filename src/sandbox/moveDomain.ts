import { type Person, setPrimaryAddress } from './exchange/directory.ts'
import type { Organisation } from './exchange/organisation.ts'

export interface DomainMove {
  readonly domain: string
  readonly from: Organisation
  readonly to: Organisation
  /** The domain that the people left behind get, as `contoso.onmicrosoft.com` is for a tenant. */
  readonly fallback: string
  /** Who of the receiving organisation takes over a name; everybody with the same local part unless said. */
  readonly takesOver?: (person: Person) => boolean
}

export interface DomainMoved {
  /** How many people were renamed. */
  readonly left: number
  readonly joined: number
}

/**
 * Moves an SMTP domain: the people left behind lose every address and sign-in name in it, and those of the receiving organisation with the same local part get
 * them. What identifies a mailbox (GUID, legacyExchangeDN) stays, and so do its contents and the accounts' `DOMAIN\sam`.
 */
export function moveDomain({ domain, from, to, fallback, takesOver = () => true }: DomainMove): DomainMoved {
  const suffix = `@${domain.toLowerCase()}`
  if (!from.acceptedDomains.has(domain.toLowerCase())) throw new Error(`${from.name} does not have the domain ${domain}`)
  from.acceptedDomains.delete(domain.toLowerCase())
  const freed = new Map<string, 'primary' | 'further'>()
  const left = from.people.filter(person => leave(person, suffix, fallback, freed)).length
  to.acceptedDomains.add(domain.toLowerCase())
  const joined = to.people.filter(person => takesOver(person) && join(person, suffix, freed)).length
  return { left, joined }
}

const isIn = (address: string, suffix: string): boolean => address.toLowerCase().endsWith(suffix)
const localPart = (address: string): string => address.slice(0, address.lastIndexOf('@'))

function leave(person: Person, suffix: string, fallback: string, freed: Map<string, 'primary' | 'further'>): boolean {
  const inDomain = person.proxyAddresses.filter(proxy => /^smtp:/i.test(proxy) && isIn(proxy, suffix))
  const concerned = inDomain.length > 0 || isIn(person.userPrincipalName, suffix)
  for (const proxy of inDomain) freed.set(localPart(proxy.slice(5)).toLowerCase(), proxy.startsWith('SMTP:') ? 'primary' : 'further')
  if (isIn(person.userPrincipalName, suffix)) person.userPrincipalName = `${localPart(person.userPrincipalName)}@${fallback}`
  if (isIn(person.primarySmtpAddress, suffix)) setPrimaryAddress(person, `${localPart(person.primarySmtpAddress)}@${fallback}`)
  person.proxyAddresses = person.proxyAddresses.filter(proxy => !(/^smtp:/i.test(proxy) && isIn(proxy, suffix)))
  return concerned
}

function join(person: Person, suffix: string, freed: Map<string, 'primary' | 'further'>): boolean {
  const local = localPart(person.primarySmtpAddress)
  const was = freed.get(local.toLowerCase())
  if (was === undefined) return false
  if (was === 'further') {
    person.proxyAddresses.push(`smtp:${local}${suffix}`)
    return true
  }
  setPrimaryAddress(person, local + suffix)
  person.userPrincipalName = local + suffix
  return true
}
