import { descend, textAt, type XmlNode } from '../soap/node.ts'
import { type ExtendedProperty, isFieldUri } from '../soap/properties.ts'

/** An extended property's value in an item or folder; absent where it has none. */
export function extendedText(item: XmlNode, property: ExtendedProperty): string | undefined {
  const found = item.children.find(child => {
    const uri = child.name === 'ExtendedProperty' ? descend(child, 'ExtendedFieldURI') : undefined
    return uri !== undefined && isFieldUri(uri.attributes, property)
  })
  return textAt(found, 'Value')
}

export function extendedNumber(item: XmlNode, property: ExtendedProperty): number | undefined {
  const value = Number(extendedText(item, property) ?? Number.NaN)
  return Number.isFinite(value) ? value : undefined
}

/** Milliseconds since the epoch. Exchange says "none" with the first moment of its calendar, the year 1601. */
export function extendedTime(item: XmlNode, property: ExtendedProperty): number | undefined {
  const value = Date.parse(extendedText(item, property) ?? '')
  return Number.isNaN(value) || value < Date.UTC(1602, 0) ? undefined : value
}
