import { hasSmtpAddress, type Person } from '../directory.ts'
import type { Organisation } from '../organisation.ts'
import { childText, type XmlElement } from '../xml/tree.ts'
import { EwsFault } from './ewsError.ts'

/** As whom a request acts: who signed in, or whom `ExchangeImpersonation` names, if the role ApplicationImpersonation allows it. */
export function impersonate(organisation: Organisation, caller: Person, header: XmlElement | undefined): Person {
  const [id] = header?.children ?? []
  if (!id) return caller
  const person = identify(organisation, id)
  const inScope = person.mailboxGuid !== undefined && !organisation.faults.impersonationDenied.has(person.mailboxGuid)
  if (!caller.roles.has('ApplicationImpersonation') || !inScope) throw new EwsFault('ErrorImpersonateUserDenied')
  return person
}

function identify({ people }: Organisation, connectingSid: XmlElement): Person {
  const named = (name: string) => childText(connectingSid, name)
  const upn = named('PrincipalName')
  const sid = named('SID')
  const primary = named('PrimarySmtpAddress')
  if (upn !== undefined) return found(people, ({ userPrincipalName }) => same(userPrincipalName, upn), 'ErrorInvalidUserPrincipalName')
  if (sid !== undefined) return found(people, person => same(person.sid, sid), 'ErrorInvalidUserSid')
  const address = primary ?? named('SmtpAddress') ?? ''
  const person = found(people, one => hasSmtpAddress(one, address), 'ErrorNonExistentMailbox')
  if (primary !== undefined && !same(person.primarySmtpAddress, primary)) {
    throw new EwsFault('ErrorNonPrimarySmtpAddress', undefined, { Primary: person.primarySmtpAddress })
  }
  if (person.mailboxGuid === undefined) throw new EwsFault('ErrorNonExistentMailbox')
  return person
}

function found(people: readonly Person[], is: (person: Person) => boolean, code: string): Person {
  const person = people.find(is)
  if (!person) throw new EwsFault(code)
  return person
}

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()
