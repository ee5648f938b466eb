import type { User } from '@microsoft/microsoft-graph-types'
import type { Answer } from '../../../http/answer.ts'
import { userBy } from '../../tenant.ts'
import { type GraphCall, pageSize, routeValue } from '../call.ts'
import { GraphError, resourceNotFound } from '../graphError.ts'
import { type Filter, parseFilter } from '../odata/filter.ts'
import { matches } from '../odata/matches.ts'
import { entityAnswer, page, resumed, textAnswer } from '../odata/page.ts'
import { project, selected } from '../odata/select.ts'
import { permissions, permit } from '../permit.ts'
import { showUser, userProperties, usualProperties } from './showUser.ts'

/** `GET /users`: 100 at a time unless `$top` says otherwise, 999 at most. */
export function listUsers(given: GraphCall): Answer {
  const { call, offset } = resumed(given)
  permit(call, permissions.readUsers)
  const select = selected(call, 'user', userProperties) ?? usualProperties
  const entities = wantedUsers(call)
  const count = call.query.get('$count') === 'true' ? entities.length : undefined
  return page(call, { context: 'users', entities, offset, size: pageSize(call, 100, 999), show: user => project(user, select), count })
}

/** `GET /users/$count`, which is an advanced query. */
export function countUsers(call: GraphCall): Answer {
  permit(call, permissions.readUsers)
  if (call.headers['consistencylevel']?.toLowerCase() !== 'eventual') throw advanced()
  return textAnswer(String(wantedUsers({ ...call, query: new URLSearchParams([...call.query, ['$count', 'true']]) }).length))
}

function wantedUsers(call: GraphCall): User[] {
  const filter = call.query.get('$filter')
  const search = call.query.get('$search')
  const order = call.query.get('$orderby')
  const parsed = filter === null ? undefined : parseFilter(filter)
  const isCombined = order !== null && (filter !== null || search !== null)
  if (search !== null || isCombined || (parsed && isAdvanced(parsed)) || call.query.has('$count')) requireConsistency(call, search !== null)
  const all = [...call.site.tenant.users.values()].map(showUser)
  const filtered = parsed ? all.filter(user => matches(user, parsed)) : all
  const found = search === null ? filtered : filtered.filter(user => matches(user, searched(search)))
  return order === null ? found : sortUsers(found, order)
}

/** By what the directory has an index of. */
function sortUsers(users: readonly User[], order: string): User[] {
  const [, path, direction = 'asc'] = /^\s*(displayName|userPrincipalName|createdDateTime)(?:\s+(asc|desc))?\s*$/.exec(order) ?? []
  if (path !== 'displayName' && path !== 'userPrincipalName' && path !== 'createdDateTime')
    throw new GraphError(400, 'Request_UnsupportedQuery', 'Sort not supported for current query.')
  const sorted = users.toSorted((a, b) => String(a[path]).localeCompare(String(b[path])))
  return direction === 'desc' ? sorted.reverse() : sorted
}

export function getUser(call: GraphCall): Answer {
  const id = routeValue(call, 'user')
  const user = userBy(call.site.tenant, id)
  const isSelf = call.caller.scp !== undefined && user?.person.objectGuid === call.caller.oid
  if (!(isSelf && call.caller.scp?.split(' ').includes('User.Read'))) permit(call, permissions.readUsers)
  if (!user) throw resourceNotFound(id)
  const select = selected(call, 'user', userProperties) ?? usualProperties
  return entityAnswer(call, 'users/$entity', project(showUser(user), select))
}

/** What Entra's directory answers only eventually consistently ("Advanced query capabilities on Microsoft Entra ID objects"). */
function isAdvanced(filter: Filter): boolean {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return filter.parts.some(isAdvanced)
    case 'not':
      return true
    case 'any':
      return isAdvanced(filter.part)
    case 'call':
      return filter.name !== 'startswith'
    case 'compare':
      return filter.operator === 'ne' || filter.value === null
  }
}

function requireConsistency({ headers, query }: GraphCall, isSearch: boolean): void {
  const isEventual = headers['consistencylevel']?.toLowerCase() === 'eventual'
  if (isEventual && (isSearch || query.get('$count') === 'true')) return
  throw advanced()
}

const advanced = (): GraphError =>
  new GraphError(
    400,
    'Request_UnsupportedQuery',
    "Unsupported or invalid query filter clause specified. Advanced queries need the header 'ConsistencyLevel: eventual' and $count=true.",
  )

/** `"displayName:anna"`, and several such joined by `OR` or `AND`. */
function searched(text: string): Filter {
  const kind = /"\s+AND\s+"/.test(text) ? 'and' : 'or'
  const parts = text.trim().split(kind === 'and' ? /(?<=")\s+AND\s+(?=")/ : /(?<=")\s+OR\s+(?=")/)
  return { kind, parts: parts.map(searchedFor) }
}

function searchedFor(text: string): Filter {
  const [, path, value] = /^"(displayName|mail|userPrincipalName|givenName|surname):([^"]*)"$/i.exec(text) ?? []
  if (path === undefined || value === undefined)
    throw new GraphError(400, 'Request_UnsupportedQuery', 'Search requests must have the form \'"property:value"\'.')
  return { kind: 'call', name: 'contains', path, value }
}
