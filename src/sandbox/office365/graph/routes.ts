import { batch } from './batch.ts'
import { directoryRoutes } from './directory/routes.ts'
import { importExportRoutes } from './importExport/routes.ts'
import { mailRoutes } from './mail/routes.ts'
import { getMailboxSettings, listMessageRules } from './mailboxSettings.ts'
import { kinds, listContainers, listItems } from './otherItems.ts'
import { type Route, route } from './route.ts'

const routes: readonly Route[] = [
  route('POST', '$batch', batch),
  ...directoryRoutes,
  ...mailRoutes,
  ...importExportRoutes,
  route('GET', 'users/{user}/mailboxSettings', getMailboxSettings),
  route('GET', 'users/{user}/mailFolders/inbox/messageRules', listMessageRules),
  route('GET', 'users/{user}/calendars', listContainers(kinds.event, 'name'), ['$top', '$skip']),
  route('GET', 'users/{user}/calendars/{container}/events', listItems(kinds.event), ['$top', '$skip', '$count']),
  route('GET', 'users/{user}/events', listItems(kinds.event), ['$top', '$skip', '$count']),
  route('GET', 'users/{user}/contactFolders', listContainers(kinds.contact, 'displayName'), ['$top', '$skip']),
  route('GET', 'users/{user}/contactFolders/{container}/contacts', listItems(kinds.contact), ['$top', '$skip', '$count']),
  route('GET', 'users/{user}/contacts', listItems(kinds.contact), ['$top', '$skip', '$count']),
  route('GET', 'users/{user}/todo/lists', listContainers(kinds.task, 'displayName'), ['$top', '$skip']),
  route('GET', 'users/{user}/todo/lists/{container}/tasks', listItems(kinds.task), ['$top', '$skip', '$count']),
]

export interface Found {
  readonly route: Route
  readonly values: Readonly<Record<string, string>>
}

/** The route of a path; `otherMethod` for one that hasn't this method; undefined for a path that is none. */
export function findRoute(method: string, segments: readonly string[]): Found | 'otherMethod' | undefined {
  const fitting = routes.flatMap(one => {
    const values = valuesIn(one.pattern.split('/'), segments)
    return values ? [{ route: one, values }] : []
  })
  return fitting.find(found => found.route.method === method) ?? (fitting.length > 0 ? 'otherMethod' : undefined)
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
