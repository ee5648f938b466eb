import { randomUUID } from 'node:crypto'

/** A management role (RBAC) that matters to EWS. */
export type ManagementRole = 'ApplicationImpersonation'

/**
 * A recipient of the organisation's directory. Everything but `objectGuid`, `sid` and `legacyExchangeDN` may change in its lifetime: names and
 * addresses are labels.
 */
export interface Person {
  readonly objectGuid: string
  readonly sid: string
  /** `/o=Organisation/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)/cn=Recipients/cn=…` */
  readonly legacyExchangeDN: string
  displayName: string
  givenName: string
  surname: string
  jobTitle: string
  department: string
  userPrincipalName: string
  samAccountName: string
  password: string
  primarySmtpAddress: string
  /** As the directory has them: `SMTP:` the primary one, `smtp:` others, `X500:` former legacyExchangeDNs. */
  proxyAddresses: string[]
  /** The store that is this person's mailbox today (`ExchangeGuid`); none: a user without a mailbox. */
  mailboxGuid: string | undefined
  /** The store that is this person's archive today (`ArchiveGuid`), where there is one. */
  archiveGuid: string | undefined
  /** Set for a mail user: mail to this person leaves the organisation. */
  externalAddress: string | undefined
  hiddenFromAddressLists: boolean
  /** Disabled accounts can't sign in; shared mailboxes have one. */
  accountDisabled: boolean
  roles: Set<ManagementRole>
  /** `objectGuid`s of those with full access to this mailbox. */
  fullAccess: Set<string>
}

export interface NewPerson {
  readonly displayName: string
  readonly primarySmtpAddress: string
  readonly password: string
  /** Default: the primary address. */
  readonly userPrincipalName?: string
  /** Default: the address's local part, cut to 20 characters as Active Directory does. */
  readonly samAccountName?: string
  /** Further SMTP addresses, and `X500:` ones with their prefix. */
  readonly proxyAddresses?: readonly string[]
  readonly legacyExchangeDN?: string
  readonly objectGuid?: string
  readonly givenName?: string
  readonly surname?: string
  readonly jobTitle?: string
  readonly department?: string
  readonly externalAddress?: string
  readonly hiddenFromAddressLists?: boolean
  readonly accountDisabled?: boolean
  readonly roles?: Iterable<ManagementRole>
}

/** `index` makes the SID and the legacyExchangeDN unique within the directory. */
export function createPerson(options: NewPerson, exchangeOrganisation: string, index: number): Person {
  const { displayName, primarySmtpAddress, password, proxyAddresses = [] } = options
  const local = primarySmtpAddress.split('@')[0] ?? ''
  const [first = '', ...rest] = displayName.split(' ')
  const cn = `${index.toString(16).padStart(32, '0')}-${local}`
  return {
    objectGuid: options.objectGuid ?? randomUUID(),
    sid: `S-1-5-21-1004336348-1177238915-682003330-${1100 + index}`,
    legacyExchangeDN:
      options.legacyExchangeDN ?? `/o=${exchangeOrganisation}/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)/cn=Recipients/cn=${cn}`,
    displayName,
    givenName: options.givenName ?? first,
    surname: options.surname ?? rest.join(' '),
    jobTitle: options.jobTitle ?? '',
    department: options.department ?? '',
    userPrincipalName: options.userPrincipalName ?? primarySmtpAddress,
    samAccountName: options.samAccountName ?? local.slice(0, 20),
    password,
    primarySmtpAddress,
    proxyAddresses: [`SMTP:${primarySmtpAddress}`, ...proxyAddresses.map(address => (address.includes(':') ? address : `smtp:${address}`))],
    mailboxGuid: undefined,
    archiveGuid: undefined,
    externalAddress: options.externalAddress,
    hiddenFromAddressLists: options.hiddenFromAddressLists ?? false,
    accountDisabled: options.accountDisabled ?? false,
    roles: new Set(options.roles),
    fullAccess: new Set(),
  }
}

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

/** Whether mail to this SMTP address is mail to this person. */
export const hasSmtpAddress = (person: Person, address: string): boolean =>
  person.proxyAddresses.some(proxy => /^smtp:/i.test(proxy) && same(proxy.slice(5), address))

/** Whether this is the person's distinguished name, today's or a former one kept as X500 address. */
export const hasDistinguishedName = (person: Person, dn: string): boolean =>
  same(person.legacyExchangeDN, dn) || person.proxyAddresses.some(proxy => /^x500:/i.test(proxy) && same(proxy.slice(5), dn))

/** Gives a person another primary address; the former one is kept as a further address unless it is dropped. */
export function setPrimaryAddress(person: Person, address: string, options: { readonly dropOld?: boolean } = {}): void {
  const others = person.proxyAddresses
    .filter(proxy => !same(proxy, `smtp:${address}`))
    .map(proxy => (proxy.startsWith('SMTP:') ? `smtp:${proxy.slice(5)}` : proxy))
    .filter(proxy => !(options.dropOld && same(proxy, `smtp:${person.primarySmtpAddress}`)))
  person.primarySmtpAddress = address
  person.proxyAddresses = [`SMTP:${address}`, ...others]
}
