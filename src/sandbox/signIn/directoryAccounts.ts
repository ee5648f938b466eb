import type { Person } from '../exchange/directory.ts'
import type { Organisation } from '../exchange/organisation.ts'
import type { Account } from './accounts.ts'

/** Names of the Active Directory domain that the people's accounts are in. */
export interface AdDomain {
  /** NetBIOS, `FABRIKAM`. */
  readonly netbios: string
  /** DNS; not a mail domain. */
  readonly dns: string
}

export interface DirectoryAccount extends Account {
  readonly person: Person
}

/** As an Active Directory of the organisation's name would be called. */
export function adDomainOf({ name }: Organisation): AdDomain {
  const plain = name.normalize('NFD').replace(/[^A-Za-z0-9-]/g, '') || 'CORP'
  return { netbios: plain.slice(0, 15).toUpperCase(), dns: `ad.${plain.toLowerCase()}.test` }
}

/**
 * Finds the account that a sign-in name means: its UPN, `DOMAIN\sam`, or the implicit `sam@ad-domain`. An e-mail address that isn't also the UPN signs in
 * nowhere but where the organisation has set that up (`byEmail`).
 */
export function findAccount(organisation: Organisation, ad: AdDomain, name: string, byEmail: boolean): DirectoryAccount | undefined {
  const wanted = name.toLowerCase()
  const person = organisation.people.find(candidate => {
    const sam = candidate.samAccountName.toLowerCase()
    return (
      candidate.userPrincipalName.toLowerCase() === wanted ||
      [`${ad.netbios.toLowerCase()}\\${sam}`, `${ad.dns}\\${sam}`, `${sam}@${ad.dns}`].includes(wanted) ||
      (byEmail && candidate.primarySmtpAddress.toLowerCase() === wanted)
    )
  })
  if (person === undefined || person.accountDisabled) return undefined
  return { id: person.objectGuid, password: person.password, person }
}
