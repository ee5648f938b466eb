import { hasSmtpAddress, type Person } from '../exchange/directory.ts'
import { type Organisation, personByAddress } from '../exchange/organisation.ts'

/** Where Autodiscover says that somebody, or everybody of a domain, really lives. */
export type Redirect = { readonly address: string } | { readonly url: string }

export interface AutodiscoverSite {
  readonly organisation: Organisation
  /** `https://host:port`, which every URL in the answers starts with. */
  readonly base: string
  /** By e-mail address or domain, in lower case: hybrid set-ups, moved people, and what is simply set up wrong. */
  readonly redirects: Map<string, Redirect>
}

export type Found =
  | { readonly kind: 'mailbox'; readonly person: Person; readonly mailboxGuid: string }
  | { readonly kind: 'redirect'; readonly to: Redirect }
  | { readonly kind: 'unknown' }

/** Whom an address means here. A mail user's target address is where the client is sent on. */
export function lookUp({ organisation, redirects }: AutodiscoverSite, address: string): Found {
  const lower = address.toLowerCase()
  const to = redirects.get(lower) ?? redirects.get(lower.split('@')[1] ?? '')
  if (to !== undefined) return { kind: 'redirect', to }
  const person = personByAddress(organisation, address)
  if (person === undefined) return { kind: 'unknown' }
  if (person.externalAddress !== undefined) {
    const external = person.externalAddress.replace(/^smtp:/i, '')
    return hasSmtpAddress(person, external) ? { kind: 'unknown' } : { kind: 'redirect', to: { address: external } }
  }
  return person.mailboxGuid === undefined ? { kind: 'unknown' } : { kind: 'mailbox', person, mailboxGuid: person.mailboxGuid }
}
