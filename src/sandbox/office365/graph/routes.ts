import { directoryRoutes } from './directory/routes.ts'
import { mailRoutes } from './mail/routes.ts'
import type { Route } from './route.ts'

const routes: readonly Route[] = [...directoryRoutes, ...mailRoutes]

export interface Found {
  readonly route: Route
  readonly values: Readonly<Record<string, string>>
}

/** The route of a path; `otherMethod` for one that hasn't this method; undefined for a path that is none. */
export function findRoute(method: string, segments: readonly string[]): Found | 'otherMethod' | undefined {
  const fitting = routes.flatMap(route => {
    const values = valuesIn(route.pattern.split('/'), segments)
    return values ? [{ route, values }] : []
  })
  return fitting.find(({ route }) => route.method === method) ?? (fitting.length > 0 ? 'otherMethod' : undefined)
}

/** Words of paths are the same in either case; ids aren't. */
function valuesIn(pattern: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  if (pattern.length !== segments.length) return undefined
  const values: Record<string, string> = {}
  for (const [index, part] of pattern.entries()) {
    const segment = segments[index] ?? ''
    if (part.startsWith('{')) values[part.slice(1, -1)] = segment
    else if (part.toLowerCase() !== segment.toLowerCase()) return undefined
  }
  return values
}
