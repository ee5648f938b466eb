/** A DNS name as it is compared: lower case, without the dot of the root. */
export const hostKey = (host: string): string => host.trim().toLowerCase().replace(/\.$/, '')

/** The domain of an address or UPN, or nothing where there is none (`DOMAIN\user`, a bare login). */
export const domainOf = (address: string): string | undefined => {
  const at = address.lastIndexOf('@')
  const domain = at < 0 ? '' : hostKey(address.slice(at + 1))
  return domain === '' ? undefined : domain
}

/** What stands before the `@`, or all of it where there is none; lower case. */
export const localPartOf = (address: string): string => {
  const at = address.lastIndexOf('@')
  return (at < 0 ? address : address.slice(0, at)).trim().toLowerCase()
}

/** Addresses are compared without regard to case, as the servers do. */
export const sameAddress = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase()

/** Whether a host is the domain itself or lies in it. */
export const liesIn = (host: string, domain: string): boolean => {
  const [name, parent] = [hostKey(host), hostKey(domain)]
  return parent !== '' && (name === parent || name.endsWith(`.${parent}`))
}
