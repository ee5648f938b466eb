import { randomUUID } from 'node:crypto'
import type { Person } from '../../directory.ts'
import { child, childText, element, type XmlElement } from '../../xml/tree.ts'
import { done, type Outcome } from '../answer.ts'
import { EwsError } from '../ewsError.ts'
import { locateFolder } from '../locate.ts'
import type { Session } from '../session.ts'

/** Searches people. The directory can't be browsed: a search without a text is refused. */
export function findPeople(request: XmlElement, session: Session): Outcome {
  const query = childText(request, 'QueryString')?.trim() ?? ''
  const [source] = child(request, 'ParentFolderId')?.children ?? []
  if (source?.name !== 'DistinguishedFolderId' || source.attributes['Id'] !== 'directory') {
    if (source) locateFolder(session, source)
    return people([], 0)
  }
  if (query === '') throw new EwsError('ErrorInvalidRequest', 'The directory cannot be browsed: a QueryString is needed.')
  const found = session.organisation.people.filter(person => !person.hiddenFromAddressLists && matchesQuery(person, query.toLowerCase()))
  const view = child(request, 'IndexedPageItemView')?.attributes
  const offset = Number(view?.['Offset'])
  const max = Math.min(Number(view?.['MaxEntriesReturned'] ?? 100), 100)
  return people(found.slice(offset, offset + max), found.length)
}

const matchesQuery = ({ displayName, givenName, surname, primarySmtpAddress }: Person, query: string): boolean =>
  [displayName, givenName, surname, primarySmtpAddress].some(text => text.toLowerCase().startsWith(query))

const people = (found: readonly Person[], total: number): Outcome =>
  done(
    element('m:People', found.map(persona)),
    element('m:TotalNumberOfPeopleInView', String(total)),
    element('m:FirstMatchingRowIndex', '0'),
    element('m:FirstLoadedRowIndex', '0'),
    element('m:TransactionId', randomUUID()),
  )

const persona = ({ objectGuid, displayName, primarySmtpAddress }: Person): XmlElement =>
  element('t:Persona', [
    element('t:PersonaId', [], { Id: Buffer.from(`AAUQA${objectGuid}`).toString('base64') }),
    element('t:DisplayName', displayName),
    element('t:EmailAddress', [
      element('t:Name', displayName),
      element('t:EmailAddress', primarySmtpAddress),
      element('t:RoutingType', 'SMTP'),
      element('t:MailboxType', 'Mailbox'),
    ]),
  ])
