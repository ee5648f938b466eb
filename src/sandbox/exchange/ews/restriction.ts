import { isPath, type Path, readPath } from '../fields/path.ts'
import type { XmlElement } from '../xml/tree.ts'
import { child } from '../xml/tree.ts'
import { EwsError } from './ewsError.ts'

/** A property's value for comparing: its text, several for a list, undefined where there is none. */
export type Operand = string | readonly string[] | undefined

/** A restriction, ready to be asked. */
export type Restriction = (read: (path: Path) => Operand) => boolean

export const matches = (restriction: Restriction, read: (path: Path) => Operand): boolean => restriction(read)

export function readRestriction(element: XmlElement | undefined): Restriction | undefined {
  const [condition] = element?.children ?? []
  return condition && readCondition(condition)
}

function readCondition(condition: XmlElement): Restriction {
  const { name, children } = condition
  if (name === 'And' || name === 'Or') {
    const all = children.map(readCondition)
    return read => (name === 'And' ? all.every(one => one(read)) : all.some(one => one(read)))
  }
  const [first] = children
  if (!first) throw new EwsError('ErrorRestrictionTooComplex')
  if (name === 'Not') {
    const inner = readCondition(first)
    return read => !inner(read)
  }
  const path = readPath(first)
  if (path.kind === 'field' && unsupported.has(path.element)) throw new EwsError('ErrorUnsupportedPathForQuery')
  if (name === 'Exists') return read => read(path) !== undefined
  if (name === 'Contains') return contains(path, condition)
  if (name === 'Excludes') return excludes(path, child(condition, 'Bitmask')?.attributes['Value'] ?? '')
  return comparison(name, path, child(condition, 'FieldURIOrConstant')?.children[0])
}

/** What no table of the store has as a column. */
const unsupported = new Set([
  'MimeContent',
  'Body',
  'Attachments',
  'ItemId',
  'InternetMessageHeaders',
  'ResponseObjects',
  'EffectiveRights',
])

const comparisons: Readonly<Record<string, (order: number) => boolean>> = {
  IsEqualTo: order => order === 0,
  IsNotEqualTo: order => order !== 0,
  IsGreaterThan: order => order > 0,
  IsGreaterThanOrEqualTo: order => order >= 0,
  IsLessThan: order => order < 0,
  IsLessThanOrEqualTo: order => order <= 0,
}

function comparison(name: string, path: Path, operand: XmlElement | undefined): Restriction {
  const accepts = comparisons[name]
  if (!accepts || !operand) throw new EwsError('ErrorRestrictionTooComplex')
  const other = isPath(operand) ? readPath(operand) : undefined
  return read => {
    const left = read(path)
    const right = other ? read(other) : operand.attributes['Value']
    if (left === undefined || right === undefined) return name === 'IsNotEqualTo'
    const lefts = typeof left === 'string' ? [left] : left
    const rights = typeof right === 'string' ? right : (right[0] ?? '')
    return name === 'IsNotEqualTo' ? lefts.every(one => accepts(compare(one, rights))) : lefts.some(one => accepts(compare(one, rights)))
  }
}

const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d/

/** Numbers as numbers, times as times, other text without regard to case, as the store's tables do. */
export function compare(left: string, right: string): number {
  if (time.test(left) && time.test(right)) return Date.parse(left) - Date.parse(right)
  if (left !== '' && right !== '' && !Number.isNaN(Number(left)) && !Number.isNaN(Number(right))) return Number(left) - Number(right)
  const [a, b] = [left.toLowerCase(), right.toLowerCase()]
  return a < b ? -1 : a > b ? 1 : 0
}

function contains(path: Path, { attributes, children }: XmlElement): Restriction {
  const { ContainmentMode: mode = 'FullString', ContainmentComparison: how = 'Exact' } = attributes
  const fold = (text: string): string => (how === 'Exact' ? text : how.includes('NonSpac') ? strip(text).toLowerCase() : text.toLowerCase())
  const wanted = fold(children.find(({ name }) => name === 'Constant')?.attributes['Value'] ?? '')
  return read => {
    const value = read(path)
    if (value === undefined) return false
    return (typeof value === 'string' ? [value] : value).map(fold).some(one => {
      if (mode === 'FullString') return one === wanted
      if (mode === 'Prefixed') return one.startsWith(wanted)
      if (mode === 'PrefixOnWords') return one.split(/\s+/).some(word => word.startsWith(wanted))
      return one.includes(wanted)
    })
  }
}

const strip = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '')

function excludes(path: Path, mask: string): Restriction {
  const bits = Number(mask)
  return read => {
    const value = read(path)
    return typeof value === 'string' && (Number(value) & bits) === 0
  }
}
