import assert from 'node:assert/strict'
import type { Person } from '../../src/sandbox/exchange/directory.ts'
import { answerEws, type EwsContext } from '../../src/sandbox/exchange/ews/answerEws.ts'
import type { DistinguishedFolder } from '../../src/sandbox/exchange/language.ts'
import { distinguishedFolder, type Folder, type Mailbox } from '../../src/sandbox/exchange/mailbox.ts'
import {
  addPerson,
  createOrganisation,
  giveMailbox,
  mailboxOf,
  type NewMailbox,
  type Organisation,
  type OrganisationOptions,
} from '../../src/sandbox/exchange/organisation.ts'
import { parseXml } from '../../src/sandbox/exchange/xml/parse.ts'
import type { XmlElement } from '../../src/sandbox/exchange/xml/tree.ts'
import { assertValidSoap } from './ewsSchema.ts'

export const start = Date.parse('2026-03-02T08:00:00Z')

/** A small company: Anna and Bernd have mailboxes, `svc-migration` may impersonate everybody and has none. */
export interface Company {
  readonly organisation: Organisation
  readonly anna: Person
  readonly bernd: Person
  readonly service: Person
  /** Moves the company's clock on. */
  pass(milliseconds: number): void
}

export function createCompany(options: Partial<OrganisationOptions> & { readonly mailbox?: NewMailbox } = {}): Company {
  let now = start
  const organisation = createOrganisation({ name: 'Fabrikam', acceptedDomains: ['fabrikam.example'], now: () => now, ...options })
  const add = (name: string, more: object = {}): Person =>
    addPerson(organisation, {
      displayName: name,
      primarySmtpAddress: `${name.split(' ')[0]?.toLowerCase()}@fabrikam.example`,
      password: 'Secret-1',
      ...more,
    })
  const anna = add('Anna Albrecht', { proxyAddresses: ['a.albrecht@fabrikam.example'] })
  const bernd = add('Bernd Baum')
  const service = add('svc-migration', { roles: ['ApplicationImpersonation'] })
  giveMailbox(organisation, anna, options.mailbox)
  giveMailbox(organisation, bernd)
  return {
    organisation,
    anna,
    bernd,
    service,
    pass: milliseconds => {
      now += milliseconds
    },
  }
}

export function storeOf({ organisation }: Company, person: Person): Mailbox {
  const mailbox = mailboxOf(organisation, person)
  assert.ok(mailbox)
  return mailbox
}

export const folderOf = (company: Company, person: Person, name: DistinguishedFolder): Folder =>
  distinguishedFolder(storeOf(company, person), name)

export interface Call {
  readonly as?: Person
  readonly version?: string
  /** Further header elements. */
  readonly header?: string
  readonly context?: EwsContext
  /** The request is meant to be wrong. */
  readonly invalid?: boolean
}

export interface Answered {
  readonly status: number
  /** The operation's response, or the fault. */
  readonly body: XmlElement
  /** `ResponseCode` of each response message; of a fault its one. */
  readonly codes: readonly string[]
  /** Response messages. */
  readonly messages: readonly XmlElement[]
}

export const envelope = (body: string, version = 'Exchange2016', header = ''): string =>
  `<?xml version="1.0" encoding="utf-8"?>
<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages"
  xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types">
<s:Header><t:RequestServerVersion Version="${version}"/>${header}</s:Header><s:Body>${body}</s:Body></s:Envelope>`

/** Asks the organisation, as Anna unless told otherwise; both what is asked and what is answered must be valid. */
export async function ask(company: Company, request: string, call: Call = {}): Promise<Answered> {
  const soap = envelope(request, call.version, call.header)
  if (!call.invalid) assertValidSoap(soap)
  const { status, body } = await answerEws(company.organisation, call.as ?? company.anna, Buffer.from(soap), call.context)
  assertValidSoap(body)
  const [answer] = parseXml(body.toString()).children.find(({ name }) => name === 'Body')?.children ?? []
  assert.ok(answer)
  const messages = all(answer, name => name.endsWith('ResponseMessage'))
  const codes = all(answer, name => name === 'ResponseCode').map(({ text }) => text)
  return { status, body: answer, codes, messages }
}

/** All elements of a name below one, in the document's order. */
export function all(from: XmlElement, is: string | ((name: string) => boolean)): XmlElement[] {
  const wanted = typeof is === 'string' ? (name: string) => name === is : is
  return from.children.flatMap(one => (wanted(one.name) ? [one, ...all(one, wanted)] : all(one, wanted)))
}

/** The first element of a name below one. Fails where there is none. */
export function first(from: XmlElement, name: string): XmlElement {
  const [found] = all(from, name)
  assert.ok(found, `no ${name} in the answer`)
  return found
}

export const textsOf = (from: XmlElement, name: string): string[] => all(from, name).map(({ text }) => text)

/** `<t:ItemId …/>` as the answer has it. */
export const idXml = ({ attributes }: XmlElement, name = 't:ItemId', withKey = true): string =>
  `<${name} Id="${attributes['Id']}"${withKey && attributes['ChangeKey'] ? ` ChangeKey="${attributes['ChangeKey']}"` : ''}/>`

export const distinguishedXml = (id: string, address?: string): string =>
  `<t:DistinguishedFolderId Id="${id}">${address ? `<t:Mailbox><t:EmailAddress>${address}</t:EmailAddress></t:Mailbox>` : ''}</t:DistinguishedFolderId>`

export const impersonationXml = (kind: 'PrincipalName' | 'SID' | 'PrimarySmtpAddress' | 'SmtpAddress', value: string): string =>
  `<t:ExchangeImpersonation><t:ConnectingSID><t:${kind}>${value}</t:${kind}></t:ConnectingSID></t:ExchangeImpersonation>`
