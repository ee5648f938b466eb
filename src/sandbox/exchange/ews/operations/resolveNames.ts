import { hasDistinguishedName, hasSmtpAddress, type Person } from '../../directory.ts'
import { childText, element, type XmlElement } from '../../xml/tree.ts'
import type { Result } from '../answer.ts'
import { EwsError } from '../ewsError.ts'
import type { Session } from '../session.ts'

/** Exchange gives out no more, and says that the last name isn't in range. */
const mostNames = 100

/** Looks up people by name, address, alias or legacyExchangeDN; never those hidden from address lists, unless they are named exactly by their DN. */
export function resolveNames(request: XmlElement, session: Session): Result[] {
  const entry = (childText(request, 'UnresolvedEntry') ?? '').trim()
  if (request.attributes['SearchScope'] === 'Contacts') return [new EwsError('ErrorNameResolutionNoResults')]
  const found = find(session.organisation.people, entry)
  if (found.length === 0) return [new EwsError('ErrorNameResolutionNoResults')]
  const shown = found
    .slice(0, mostNames)
    .map(person => resolution(person, /^(true|1)$/.test(request.attributes['ReturnFullContactData'] ?? '')))
  const set = element('m:ResolutionSet', shown, {
    TotalItemsInView: String(Math.min(found.length, mostNames)),
    IncludesLastItemInRange: String(found.length <= mostNames),
  })
  const warning = found.length > 1 ? { warning: new EwsError('ErrorNameResolutionMultipleResults') } : {}
  return [{ content: [set], ...warning }]
}

function find(people: readonly Person[], entry: string): Person[] {
  if (/^\/o=/i.test(entry)) return people.filter(person => hasDistinguishedName(person, entry))
  const address = entry.replace(/^smtp:/i, '')
  const visible = people.filter(person => !person.hiddenFromAddressLists)
  const exact = address.includes('@') ? visible.filter(person => hasSmtpAddress(person, address)) : []
  return exact.length > 0 ? exact : visible.filter(person => isAmbiguous(person, address.toLowerCase()))
}

/** Active Directory's ambiguous name resolution: the beginning of any of the names. */
const isAmbiguous = ({ displayName, givenName, surname, samAccountName, primarySmtpAddress }: Person, text: string): boolean =>
  text !== '' && [displayName, givenName, surname, samAccountName, primarySmtpAddress].some(one => one.toLowerCase().startsWith(text))

function resolution(person: Person, withContact: boolean): XmlElement {
  const mailbox = element('t:Mailbox', [
    element('t:Name', person.displayName),
    element('t:EmailAddress', person.primarySmtpAddress),
    element('t:RoutingType', 'SMTP'),
    element('t:MailboxType', person.mailboxGuid === undefined ? 'Contact' : 'Mailbox'),
  ])
  return element('t:Resolution', withContact ? [mailbox, contact(person)] : [mailbox])
}

function contact(person: Person): XmlElement {
  const text = (name: string, value: string): XmlElement[] => (value === '' ? [] : [element(`t:${name}`, value)])
  const [, ...others] = [
    person.primarySmtpAddress,
    ...person.proxyAddresses.filter(proxy => proxy.startsWith('smtp:')).map(proxy => proxy.slice(5)),
  ]
  const addresses = [`SMTP:${person.primarySmtpAddress}`, ...others.map(one => `smtp:${one}`)].slice(0, 3)
  return element('t:Contact', [
    element('t:DisplayName', person.displayName),
    ...text('GivenName', person.givenName),
    element(
      't:EmailAddresses',
      addresses.map((address, index) => element('t:Entry', address, { Key: `EmailAddress${index + 1}` })),
    ),
    element('t:ContactSource', 'ActiveDirectory'),
    ...text('Department', person.department),
    ...text('JobTitle', person.jobTitle),
    ...text('Surname', person.surname),
  ])
}
