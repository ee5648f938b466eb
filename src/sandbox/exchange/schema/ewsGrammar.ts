import type { SchemaVersion } from '../versions.ts'
import { folders } from './folders.ts'
import { type ComplexType, parseGrammar } from './grammar.ts'
import { items } from './items.ts'
import { requests } from './requests.ts'
import { shared } from './shared.ts'
import { unheldUris } from './unheldUris.ts'

export const grammar = parseGrammar(shared, folders, items, requests)

/** A type everybody knows to be there. */
export function complexType(name: string): ComplexType {
  const type = grammar.complex.get(name)
  if (!type) throw new Error(`No type ${name} in the grammar`)
  return type
}

export type ElementName = readonly [name: string, since: SchemaVersion | undefined]

const elementNames = new Map<string, readonly ElementName[]>()

/** Names of a type's child elements, in the schema's order, with the version they came with. */
export function elementsOf(type: string): readonly ElementName[] {
  const known = elementNames.get(type)
  if (known) return known
  const names = complexType(type).particles.flatMap(({ elements }) => [...elements].map(([name, { since }]): ElementName => [name, since]))
  elementNames.set(type, names)
  return names
}

/** Which types' elements a property path's prefix means; several where types share it. */
const prefixes: Readonly<Record<string, readonly string[]>> = {
  folder: ['Folder', 'CalendarFolder', 'SearchFolder'],
  item: ['Item'],
  message: ['Message'],
  meeting: ['MeetingMessage'],
  meetingRequest: ['MeetingRequest'],
  calendar: ['CalendarItem'],
  contacts: ['Contact', 'DistributionList'],
  distributionlist: ['DistributionList'],
  task: ['Task'],
  postitem: ['PostItem'],
}

const itemElements = new Set(elementsOf('Item').map(([name]) => name))
const withoutPath = new Set(['ExtendedProperty', 'SearchKey', 'Members', 'MailboxGuids'])

const uris = Object.entries(prefixes).flatMap(([prefix, types]) =>
  types
    .flatMap(elementsOf)
    .filter(([name]) => !withoutPath.has(name) || (prefix === 'distributionlist' && name === 'Members'))
    .filter(([name]) => prefix === 'item' || prefix === 'folder' || !itemElements.has(name))
    .map(([name, since]) => [`${prefix}:${name}`, since] as const),
)

/** `item:Subject` → the version it came with. */
export const fieldUris: ReadonlyMap<string, SchemaVersion | undefined> = new Map([...uris, ...unheldUris])
