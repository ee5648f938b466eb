import { EwsFault } from '../ews/ewsError.ts'
import { isAtLeast, type SchemaVersion, schemaVersions } from '../versions.ts'
import { namespaces, type XmlElement } from '../xml/tree.ts'
import { fieldUris, grammar } from './ewsGrammar.ts'
import type { ComplexType, Named } from './grammar.ts'

/** Throws the fault `ErrorSchemaValidation` unless an element is what its type in the schema of this version says. */
export function validate(element: XmlElement, type: string, version: SchemaVersion): void {
  if (type === 'any') return
  const complex = grammar.complex.get(type)
  if (!complex) {
    simple(element, type, version)
    return
  }
  attributes(element, complex, version)
  if (complex.text !== undefined) {
    simple(element, complex.text, version)
    return
  }
  if (element.text.trim() !== '') throw invalid(`The element ${nameOf(element)} cannot contain text.`)
  content(element, complex, version)
}

const knows = (version: SchemaVersion, { since }: Named): boolean => since === undefined || isAtLeast(version, since)

function content(element: XmlElement, { particles, namespace }: ComplexType, version: SchemaVersion): void {
  const { children } = element
  let at = 0
  for (const particle of particles) {
    let found = 0
    for (let one = children[at]; one; one = children[at]) {
      const named = one.namespace === namespace ? particle.elements.get(one.name) : undefined
      if (!named || !knows(version, named) || (found > 0 && !particle.repeats)) break
      validate(one, named.type, version)
      found++
      at++
    }
    if (found === 0 && particle.atLeastOne) {
      const expected = [...particle.elements.keys()].map(name => `'${name}'`).join(', ')
      const unexpected = children[at]
      throw invalid(
        unexpected
          ? `The element ${nameOf(element)} has invalid child element ${nameOf(unexpected)}. List of possible elements expected: ${expected} in namespace '${namespaces[namespace]}'.`
          : `The element ${nameOf(element)} has incomplete content. List of possible elements expected: ${expected} in namespace '${namespaces[namespace]}'.`,
      )
    }
  }
  const left = children[at]
  if (left) throw invalid(`The element ${nameOf(element)} has invalid child element ${nameOf(left)}.`)
}

function attributes(element: XmlElement, { attributes }: ComplexType, version: SchemaVersion): void {
  for (const [name, value] of Object.entries(element.attributes)) {
    const attribute = attributes.get(name)
    if (!attribute || !knows(version, attribute)) throw invalid(`The '${name}' attribute is not declared.`)
    checkValue(`The '${name}' attribute`, value, attribute.type, version)
  }
  for (const [name, { required }] of attributes) {
    if (required && element.attributes[name] === undefined) throw invalid(`The required attribute '${name}' is missing.`)
  }
}

function simple(element: XmlElement, type: string, version: SchemaVersion): void {
  if (element.children[0]) throw invalid(`The element ${nameOf(element)} cannot contain child element ${nameOf(element.children[0])}.`)
  checkValue(`The '${namespaces[element.namespace || 't']}:${element.name}' element`, element.text, type, version)
}

function checkValue(what: string, value: string, type: string, version: SchemaVersion): void {
  if (!isValue(value, type, version))
    throw invalid(`${what} is invalid - The value '${value.slice(0, 100)}' is invalid according to its datatype '${type}'.`)
}

const patterns: Readonly<Record<string, RegExp>> = {
  boolean: /^\s*(true|false|0|1)\s*$/,
  int: /^\s*[+-]?\d{1,10}\s*$/,
  double: /^\s*([+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?|INF|-INF|NaN)\s*$/,
  dateTime: /^\s*-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?\s*$/,
  guid: /^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$/,
  PropertyTag: /^(0x|0X)?[0-9A-Fa-f]{1,4}$|^\d{1,5}$/,
  NonEmptyString: /^[\s\S]+$/,
}

function isValue(value: string, type: string, version: SchemaVersion): boolean {
  const enumeration = grammar.enumerations.get(type)
  if (enumeration) return enumeration.has(value)
  if (type === 'string') return true
  if (type === 'base64') return isBase64(value)
  if (type === 'FieldURI') return fieldUris.has(value) && knows(version, { type, since: fieldUris.get(value) })
  if (type === 'ExchangeVersion') return schemaVersions.some(known => known === value)
  if (type === 'MaxSyncChanges') return isValue(value, 'int', version) && Number(value) >= 1 && Number(value) <= 512
  const pattern = patterns[type]
  if (!pattern) throw new Error(`No type ${type} in the grammar`)
  return pattern.test(value)
}

/** Without a pattern: those of long texts run out of stack. */
function isBase64(value: string): boolean {
  const bare = /\s/.test(value) ? value.replace(/\s+/g, '') : value
  if (bare.length % 4 !== 0) return false
  const padding = bare.endsWith('==') ? 2 : bare.endsWith('=') ? 1 : 0
  return !/[^A-Za-z0-9+/]/.test(padding === 0 ? bare : bare.slice(0, -padding))
}

const nameOf = ({ name, namespace }: XmlElement): string => (namespace ? `'${name}' in namespace '${namespaces[namespace]}'` : `'${name}'`)

const invalid = (detail: string): EwsFault => new EwsFault('ErrorSchemaValidation', `The request failed schema validation: ${detail}`)
