import type { GraphCall } from '../call.ts'
import { badRequest } from '../graphError.ts'

/** Names of `$select`; undefined: none was given. Throws for one the type hasn't. */
export function selected({ query }: GraphCall, type: string, known: readonly string[]): string[] | undefined {
  const text = query.get('$select')
  if (text === null || text.trim() === '') return undefined
  return text.split(',').map(one => {
    const name = one.trim()
    const found = known.find(property => property.toLowerCase() === name.toLowerCase())
    if (found === undefined)
      throw badRequest(
        `Parsing OData Select and Expand failed: Could not find a property named '${name}' on type 'microsoft.graph.${type}'.`,
      )
    return found
  })
}

/** An entity's selected properties; its id, what OData itself says of it, and what was expanded come along always. */
export function project(entity: object, select: readonly string[] | undefined): object {
  if (!select) return entity
  const isKept = (name: string): boolean =>
    name === 'id' || name.startsWith('@') || name.endsWith('ExtendedProperties') || select.includes(name)
  return Object.fromEntries(Object.entries(entity).filter(([name]) => isKept(name)))
}
