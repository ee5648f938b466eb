import type { Filter, Literal, Operator } from './filter.ts'

/** Whether an entity is what a filter asks for. Texts are compared without regard to case, as Graph does. */
export function matches(entity: unknown, filter: Filter): boolean {
  switch (filter.kind) {
    case 'and':
      return filter.parts.every(part => matches(entity, part))
    case 'or':
      return filter.parts.some(part => matches(entity, part))
    case 'not':
      return !matches(entity, filter.part)
    case 'compare':
      return compare(at(entity, filter.path), filter.operator, filter.value)
    case 'call': {
      const value = at(entity, filter.path)
      if (typeof value !== 'string') return false
      const [text, wanted] = [value.toLowerCase(), filter.value.toLowerCase()]
      if (filter.name === 'contains') return text.includes(wanted)
      return filter.name === 'startswith' ? text.startsWith(wanted) : text.endsWith(wanted)
    }
    case 'any': {
      const list = at(entity, filter.path)
      return Array.isArray(list) && list.some(one => matches({ [filter.variable]: one }, filter.part))
    }
  }
}

export const at = (entity: unknown, path: string): unknown =>
  path.split('/').reduce<unknown>((value, name) => (isRecord(value) ? value[name] : undefined), entity)

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null

function compare(value: unknown, operator: Operator, literal: Literal): boolean {
  const [left, right] = comparable(value, literal)
  switch (operator) {
    case 'eq':
      return left === right
    case 'ne':
      return left !== right
    default:
      break
  }
  if ((typeof left !== 'number' && typeof left !== 'string') || typeof left !== typeof right) return false
  const [a, b] = [left, right as typeof left]
  if (operator === 'gt') return a > b
  if (operator === 'ge') return a >= b
  return operator === 'lt' ? a < b : a <= b
}

function comparable(value: unknown, literal: Literal): readonly [unknown, unknown] {
  if (literal instanceof Date) return [typeof value === 'string' ? Date.parse(value) : value, literal.getTime()]
  if (typeof literal === 'string') return [typeof value === 'string' ? value.toLowerCase() : value, literal.toLowerCase()]
  return [value ?? null, literal]
}
