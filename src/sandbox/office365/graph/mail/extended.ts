import type { MultiValueLegacyExtendedProperty, SingleValueLegacyExtendedProperty } from '@microsoft/microsoft-graph-types'
import { propertyOf, writeExtended } from '../../../exchange/fields/extended.ts'
import { type ExtendedPath, extendedPath } from '../../../exchange/fields/path.ts'
import type { Item, ItemContent } from '../../../exchange/item.ts'
import type { Properties, Property } from '../../../exchange/properties.ts'
import { element } from '../../../exchange/xml/tree.ts'
import { badRequest, GraphError } from '../graphError.ts'
import { extendedIdsOf, parseFilter } from '../odata/filter.ts'

/**
 * `Integer 0x0E07`, `String {guid} Name colour`, `SystemTime {guid} Id 0x8502`: what Graph calls a MAPI property. Ids come back in Exchange's own
 * spelling: tags without leading zeros, GUIDs and hexadecimal digits in lower case.
 */
export function readPropertyId(id: string): ExtendedPath & { readonly shown: string } {
  const [, type = '', tag, guid, kind, local] = /^(\w+) (?:0x([0-9a-f]{1,8})|\{([0-9a-f-]{36})\} (Name|Id) (.+))$/i.exec(id.trim()) ?? []
  if (tag !== undefined) {
    const number = Number.parseInt(tag, 16)
    const path = extendedPath(element('t:ExtendedFieldURI', [], { PropertyTag: `0x${number.toString(16)}`, PropertyType: type }))
    return { ...path, shown: `${type} 0x${number.toString(16)}` }
  }
  if (guid === undefined || kind === undefined || local === undefined)
    throw new GraphError(400, 'ErrorInvalidExtendedProperty', `The extended property id '${id}' is invalid.`)
  const isName = kind.toLowerCase() === 'name'
  const number = Number(local)
  if (!isName && !Number.isInteger(number))
    throw new GraphError(400, 'ErrorInvalidExtendedProperty', `The extended property id '${id}' is invalid.`)
  const attributes = { PropertySetId: guid, PropertyType: type, ...(isName ? { PropertyName: local } : { PropertyId: String(number) }) }
  const shown = `${type} {${guid.toLowerCase()}} ${isName ? `Name ${local}` : `Id 0x${number.toString(16)}`}`
  return { ...extendedPath(element('t:ExtendedFieldURI', [], attributes)), shown }
}

/** Which extended properties are to be shown, and whether attachments are. */
export interface Expansion {
  readonly single: readonly (ExtendedPath & { readonly shown: string })[]
  readonly multiple: readonly (ExtendedPath & { readonly shown: string })[]
  readonly attachments: boolean
}

export const nothingExpanded: Expansion = { single: [], multiple: [], attachments: false }

export function readExpand(text: string | null): Expansion {
  if (text === null || text.trim() === '') return nothingExpanded
  const expansion = { single: [] as Expansion['single'], multiple: [] as Expansion['multiple'], attachments: false }
  for (const part of splitOutside(text)) {
    const [, name = '', options] = /^\s*(\w+)(?:\((.*)\))?\s*$/s.exec(part) ?? []
    if (name === 'attachments') expansion.attachments = true
    else if (name === 'singleValueExtendedProperties') expansion.single = idsIn(options)
    else if (name === 'multiValueExtendedProperties') expansion.multiple = idsIn(options)
    else
      throw badRequest(
        `Parsing OData Select and Expand failed: Could not find a property named '${name || part}' on type 'microsoft.graph.message'.`,
      )
  }
  return expansion
}

/** Without a filter Graph shows none: it never lists all properties. */
function idsIn(options = ''): Expansion['single'] {
  const [, filter] = /^\s*\$filter=(.*)$/s.exec(options) ?? []
  if (filter === undefined)
    throw new GraphError(400, 'ErrorInvalidExtendedProperty', 'Expanding extended properties needs a $filter with their ids.')
  return extendedIdsOf(parseFilter(filter)).map(readPropertyId)
}

function splitOutside(text: string): string[] {
  const parts: string[] = []
  let depth = 0
  let from = 0
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '(') depth++
    else if (text[at] === ')') depth--
    else if (text[at] === ',' && depth === 0) {
      parts.push(text.slice(from, at))
      from = at + 1
    }
  }
  return [...parts, text.slice(from)]
}

export interface Expanded {
  readonly singleValueExtendedProperties?: SingleValueLegacyExtendedProperty[]
  readonly multiValueExtendedProperties?: MultiValueLegacyExtendedProperty[]
}

/** Only the properties an item has are shown; where it has none of them, nothing is. */
export const showExtended = (item: Item, expansion: Expansion): Expanded => expand(path => propertyOf(item, path), expansion)

/** The same of a folder's properties. */
export const showProperties = (properties: Properties, expansion: Expansion): Expanded =>
  expand(({ key }) => properties.get(key), expansion)

function expand(read: (path: ExtendedPath) => Property | undefined, { single, multiple }: Expansion): Expanded {
  const singles = single.flatMap(path => {
    const property = read(path)
    return property?.type === path.type && typeof property.value === 'string' ? [{ id: path.shown, value: property.value }] : []
  })
  const multiples = multiple.flatMap(path => {
    const property = read(path)
    return property?.type === path.type && typeof property.value !== 'string' ? [{ id: path.shown, value: [...property.value] }] : []
  })
  return {
    ...(singles.length > 0 && { singleValueExtendedProperties: singles }),
    ...(multiples.length > 0 && { multiValueExtendedProperties: multiples }),
  }
}

/** Sets the extended properties of a body; answers their keys. */
export function writeExtendedProperties(content: ItemContent, body: Readonly<Record<string, unknown>>, isNew: boolean): string[] {
  const given = [...listOf(body['singleValueExtendedProperties']), ...listOf(body['multiValueExtendedProperties'])]
  return given.map(({ id, value }) => {
    if (typeof id !== 'string') throw badRequest('An extended property needs an id.')
    const { uri, key } = readPropertyId(id)
    if (typeof value !== 'string' && !Array.isArray(value))
      throw badRequest(`The value of the extended property '${id}' is neither a string nor a collection.`)
    const valued =
      typeof value === 'string'
        ? element('t:Value', value)
        : element(
            't:Values',
            value.map(one => element('t:Value', String(one))),
          )
    writeExtended(content, element('t:ExtendedProperty', [uri, valued]), isNew)
    return key
  })
}

function listOf(value: unknown): Readonly<Record<string, unknown>>[] {
  if (value === undefined) return []
  if (!Array.isArray(value)) throw badRequest('Extended properties are given as a collection.')
  return value.filter((one): one is Record<string, unknown> => typeof one === 'object' && one !== null)
}
