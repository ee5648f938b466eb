import { EwsError } from '../ews/ewsError.ts'
import type { ItemContent } from '../item.ts'
import { readHeaders } from '../mime/headers.ts'
import { child, element, type XmlElement } from '../xml/tree.ts'
import type { Path } from './path.ts'

type IndexedPath = Extract<Path, { kind: 'indexed' }>

/** The dictionary an indexed path leads into. */
const dictionaries: Readonly<Record<string, string>> = {
  'contacts:EmailAddress': 'EmailAddresses',
  'contacts:PhoneNumber': 'PhoneNumbers',
  'contacts:ImAddress': 'ImAddresses',
}

const physical = 'contacts:PhysicalAddress:'

/** One entry of a dictionary, with the element it belongs into; undefined where there is none. */
export function indexedEntry(
  item: ItemContent,
  { uri, index }: IndexedPath,
): { readonly name: string; readonly entry: XmlElement } | undefined {
  if (uri === 'item:InternetMessageHeader') return internetHeader(item, index)
  const name = uri.startsWith(physical) ? 'PhysicalAddresses' : dictionaries[uri]
  const entry = name && item.elements.get(name)?.children.find(({ attributes }) => attributes['Key'] === index)
  if (!name || !entry) return undefined
  if (name !== 'PhysicalAddresses') return { name, entry }
  const part = child(entry, uri.slice(physical.length))
  return part && { name, entry: { ...entry, children: [part] } }
}

function internetHeader({ mime }: ItemContent, index: string): { readonly name: string; readonly entry: XmlElement } | undefined {
  const found = mime && readHeaders(mime, 0, mime.length).headers.find(({ name }) => name.toLowerCase() === index.toLowerCase())
  return found && { name: 'InternetMessageHeaders', entry: element('t:InternetMessageHeader', found.value, { HeaderName: found.name }) }
}

/** Sets (or, without `given`, deletes) one entry of a dictionary, keeping the others. */
export function writeEntry(content: ItemContent, { uri, index }: IndexedPath, given: XmlElement | undefined): void {
  const name = uri.startsWith(physical) ? 'PhysicalAddresses' : dictionaries[uri]
  if (!name) throw new EwsError('ErrorInvalidPropertySet')
  const entries = content.elements.get(name)?.children ?? []
  const old = entries.find(({ attributes }) => attributes['Key'] === index)
  const replacement = given && child(given, 'Entry')
  const entry = name === 'PhysicalAddresses' ? mergedAddress(old, replacement, uri.slice(physical.length), index) : replacement
  const all = [...entries.filter(one => one !== old), ...(entry ? [entry] : [])]
  if (all.length === 0) content.elements.delete(name)
  else content.elements.set(name, element(`t:${name}`, all))
}

const addressParts = ['Street', 'City', 'State', 'CountryOrRegion', 'PostalCode']

function mergedAddress(old: XmlElement | undefined, given: XmlElement | undefined, part: string, key: string): XmlElement | undefined {
  const parts = addressParts.flatMap(name => child(name === part ? given : old, name) ?? [])
  return parts.length === 0 ? undefined : element('t:Entry', parts, { Key: key })
}
