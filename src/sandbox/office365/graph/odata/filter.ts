import { badRequest } from '../graphError.ts'
import { type Token, tokens } from './tokens.ts'

export type Literal = string | number | boolean | Date | null

/** A `$filter`, parsed. */
export type Filter =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Filter[] }
  | { readonly kind: 'not'; readonly part: Filter }
  | { readonly kind: 'compare'; readonly path: string; readonly operator: Operator; readonly value: Literal }
  | { readonly kind: 'call'; readonly name: 'startswith' | 'endswith' | 'contains'; readonly path: string; readonly value: string }
  | { readonly kind: 'any'; readonly path: string; readonly variable: string; readonly part: Filter }

export type Operator = 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le'

const operators: readonly string[] = ['eq', 'ne', 'gt', 'ge', 'lt', 'le']

/** The part of OData's filter language that Graph's directory and mail understand. Throws `BadRequest` for anything else. */
export function parseFilter(text: string): Filter {
  const list = tokens(text)
  let at = 0
  const invalid = () => badRequest(`Invalid filter clause: ${text}`)
  const peek = (): Token | undefined => list[at]
  const take = (kind?: Token['kind'], value?: string): Token => {
    const token = list[at++]
    if (!token || (kind && token.kind !== kind) || (value !== undefined && token.text !== value)) throw invalid()
    return token
  }
  const isWord = (word: string): boolean => peek()?.kind === 'word' && peek()?.text === word

  const either = (kind: 'and' | 'or', next: () => Filter): Filter => {
    const parts = [next()]
    while (isWord(kind)) {
      take()
      parts.push(next())
    }
    const [only] = parts
    return parts.length === 1 && only ? only : { kind, parts }
  }
  const expression = (): Filter => either('or', () => either('and', unary))
  const unary = (): Filter => {
    if (isWord('not')) {
      take()
      return { kind: 'not', part: unary() }
    }
    if (peek()?.kind === '(') {
      take('(')
      const inner = expression()
      take(')')
      return inner
    }
    return primary()
  }
  const primary = (): Filter => {
    const { text: word } = take('word')
    if (peek()?.kind !== '(') return compare(word)
    take('(')
    if (word === 'startswith' || word === 'endswith' || word === 'contains') {
      const path = take('word').text
      take(',')
      const { text: value } = take('string')
      take(')')
      if (isWord('eq')) {
        take()
        take('word', 'true')
      }
      return { kind: 'call', name: word, path, value }
    }
    if (!word.endsWith('/any')) throw invalid()
    const variable = take('word').text
    take(':')
    const part = expression()
    take(')')
    return { kind: 'any', path: word.slice(0, -4), variable, part }
  }
  const compare = (path: string): Filter => {
    const operator = take('word').text
    if (operator === 'in') return among(path)
    if (!isOperator(operator)) throw invalid()
    return { kind: 'compare', path, operator, value: literal(take(), invalid) }
  }

  /** `mail in ('a','b')`. */
  const among = (path: string): Filter => {
    const equals = (): Filter => ({ kind: 'compare', path, operator: 'eq', value: literal(take(), invalid) })
    take('(')
    const parts = [equals()]
    while (peek()?.kind === ',') {
      take()
      parts.push(equals())
    }
    take(')')
    return { kind: 'or', parts }
  }

  const filter = expression()
  if (at < list.length) throw invalid()
  return filter
}

const isOperator = (text: string): text is Operator => operators.includes(text)

function literal({ kind, text }: Token, invalid: () => Error): Literal {
  if (kind === 'string') return text
  if (text === 'true' || text === 'false') return text === 'true'
  if (text === 'null') return null
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text)
  if (/^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/.test(text) && !Number.isNaN(Date.parse(text))) return new Date(text)
  throw invalid()
}

/** Properties a filter speaks of, in order. */
export function pathsOf(filter: Filter): string[] {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return filter.parts.flatMap(pathsOf)
    case 'not':
      return pathsOf(filter.part)
    default:
      return [filter.path]
  }
}

/** Ids of extended properties that a filter asks for: `ep/id eq '…'`. */
export function extendedIdsOf(filter: Filter): string[] {
  if (filter.kind === 'and' || filter.kind === 'or') return filter.parts.flatMap(extendedIdsOf)
  if (filter.kind === 'not' || filter.kind === 'any') return extendedIdsOf(filter.part)
  const isId = filter.kind === 'compare' && filter.operator === 'eq' && /(^|\/)id$/.test(filter.path)
  return isId && typeof filter.value === 'string' ? [filter.value] : []
}
