import { EwsError } from '../ews/ewsError.ts'
import { type PropertyKey, type PropertyType, propertySets, propertyTypes } from '../properties.ts'
import type { XmlElement } from '../xml/tree.ts'

/** What a client names a property by. */
export type Path =
  /** `item:Subject`: the element `Subject`. */
  | { readonly kind: 'field'; readonly uri: string; readonly element: string }
  /** One entry of a dictionary, such as a contact's `EmailAddress1`. */
  | { readonly kind: 'indexed'; readonly uri: string; readonly index: string }
  | ExtendedPath

export interface ExtendedPath {
  readonly kind: 'extended'
  readonly key: PropertyKey
  readonly type: PropertyType
  /** As it goes back to the client. */
  readonly uri: XmlElement
}

export const isPath = ({ name }: XmlElement): boolean => name === 'FieldURI' || name === 'IndexedFieldURI' || name === 'ExtendedFieldURI'

export function readPath(element: XmlElement): Path {
  const uri = element.attributes['FieldURI'] ?? ''
  if (element.name === 'FieldURI') return { kind: 'field', uri, element: uri.slice(uri.indexOf(':') + 1) }
  if (element.name === 'IndexedFieldURI') return { kind: 'indexed', uri, index: element.attributes['FieldIndex'] ?? '' }
  return extendedPath(element)
}

/** Throws `ErrorInvalidExtendedProperty` where the attributes don't name one property. */
export function extendedPath(uri: XmlElement): ExtendedPath {
  const { PropertyType: typeName = '', PropertyTag: tag, DistinguishedPropertySetId: set, PropertySetId: guid } = uri.attributes
  const { PropertyName: name, PropertyId: id } = uri.attributes
  const type = propertyTypes.find(known => known === typeName)
  if (!type) throw invalid('Extended properties of this type are not supported.')
  if (tag !== undefined) {
    if ([set, guid, name, id].some(one => one !== undefined)) throw invalid('A property tag excludes property sets, names and ids.')
    const number = /^\d+$/.test(tag) ? Number(tag) : Number.parseInt(tag.replace(/^0x/i, ''), 16)
    if (number >= 0x8000) throw invalid('Property tags from 0x8000 on belong to named properties.')
    return { kind: 'extended', key: `0x${number.toString(16).padStart(4, '0')}`, type, uri }
  }
  if ((set === undefined) === (guid === undefined)) throw invalid('Either a property set or a property set id is needed.')
  if ((name === undefined) === (id === undefined)) throw invalid('Either a property name or a property id is needed.')
  const known = Object.entries(propertySets).find(([one]) => one === set)?.[1]
  const local = name ?? `0x${Number(id).toString(16).padStart(4, '0')}`
  return { kind: 'extended', key: `${known ?? guid?.toLowerCase()}/${local}`, type, uri }
}

const invalid = (detail: string): EwsError =>
  new EwsError('ErrorInvalidExtendedProperty', `The extended property attribute combination is invalid. ${detail}`)
