import type { Message } from '@microsoft/microsoft-graph-types'
import type { Item } from '../../../exchange/item.ts'
import type { Mailbox } from '../../../exchange/mailbox.ts'
import { flagsOf, keys, messageFlags, textOf } from '../../../exchange/properties.ts'
import type { Answer } from '../../../http/answer.ts'
import { type GraphCall, pageSize, routeValue } from '../call.ts'
import { badRequest, GraphError } from '../graphError.ts'
import { findFolder } from '../ids.ts'
import { extendedIdsOf, type Filter, parseFilter, pathsOf } from '../odata/filter.ts'
import { at, matches } from '../odata/matches.ts'
import { page, resumed, textAnswer } from '../odata/page.ts'
import { project, selected } from '../odata/select.ts'
import { openMailbox, permissions } from '../permit.ts'
import { type Expansion, nothingExpanded, readExpand, readPropertyId } from './extended.ts'
import { isMessage, messageProperties, showMessage } from './showMessage.ts'
import { isVisible } from './visible.ts'

/** `GET …/messages`: of a folder, or of the whole mailbox. */
export function listMessages(given: GraphCall): Answer {
  const { call, offset } = resumed(given)
  const { mailbox } = openMailbox(call, permissions.readMail)
  const select = selected(call, 'message', messageProperties)
  const expansion = readExpand(call.query.get('$expand'))
  if (call.query.has('$search')) throw new GraphError(501, 'NotImplemented', '$search of messages is not implemented here.')
  const found = ordered(call, mailbox, messagesIn(call, mailbox))
  return page(call, {
    context: `users('${encodeURIComponent(routeValue(call, 'user'))}')/messages`,
    entities: found,
    offset,
    size: pageSize(call, 10, 1000),
    show: item => project(showMessage(call, mailbox, item, expansion, select), select),
    count: call.query.get('$count') === 'true' ? found.length : undefined,
  })
}

/** `GET …/messages/$count`: a number as text. */
export function countMessages(call: GraphCall): Answer {
  const { mailbox } = openMailbox(call, permissions.readMail)
  return textAnswer(String(ordered(call, mailbox, messagesIn(call, mailbox)).length))
}

function messagesIn(call: GraphCall, mailbox: Mailbox): Item[] {
  const items =
    call.values['folder'] === undefined
      ? [...mailbox.items.values()].filter(outsideRecoverable)
      : [...findFolder(call.site.tenant, mailbox, routeValue(call, 'folder')).items.values()]
  return items.filter(item => isMessage(item) && isVisible(call, item))
}

const outsideRecoverable = ({ folder }: Item): boolean => !folder.distinguished?.startsWith('recoverable')

/** Filtered, and sorted: newest received first unless `$orderby` says otherwise. */
function ordered(call: GraphCall, mailbox: Mailbox, items: readonly Item[]): Item[] {
  const filterText = call.query.get('$filter')
  const filter = filterText === null ? undefined : parseFilter(filterText)
  const order = (call.query.get('$orderby') ?? '').split(',').flatMap(readOrder)
  if (filter)
    checkFilter(
      filter,
      order.map(({ path }) => path),
    )
  const [by = { path: 'receivedDateTime', descending: true }] = order
  const expansion: Expansion = filter ? { ...nothingExpanded, single: extendedIdsOf(filter).map(readPropertyId) } : nothingExpanded
  const rows = items.map(item => ({ item, shown: shownFor(call, mailbox, item, expansion, filter, by.path) }))
  const kept = filter ? rows.filter(({ shown }) => matches(shown, filter)) : rows
  const key = ({ shown }: { readonly shown: object }): string => String(at(shown, by.path) ?? '')
  return kept.sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0) * (by.descending ? -1 : 1)).map(({ item }) => item)
}

/** What filters and orders look at, without bodies where they aren't asked for. */
function shownFor(call: GraphCall, mailbox: Mailbox, item: Item, expansion: Expansion, filter: Filter | undefined, by: string): object {
  if (filter) return renamed(showMessage(call, mailbox, item, expansion), filter)
  const light = lightOf(item)
  return Object.hasOwn(light, by) ? light : showMessage(call, mailbox, item, expansion)
}

const lightOf = ({ properties, created, modified }: Item): object => ({
  receivedDateTime: textOf(properties, keys.deliveryTime) ?? '',
  sentDateTime: textOf(properties, keys.clientSubmitTime) ?? '',
  createdDateTime: new Date(created).toISOString(),
  lastModifiedDateTime: new Date(modified).toISOString(),
  subject: textOf(properties, keys.subject) ?? '',
  isRead: String((flagsOf(properties) & messageFlags.read) !== 0),
})

/** Properties are asked for by whatever spelling of their ids. */
function renamed(message: Message, filter: Filter): object {
  const list = extendedIdsOf(filter).flatMap(id => {
    const found = message.singleValueExtendedProperties?.find(one => one.id === readPropertyId(id).shown)
    return found ? [{ ...found, id }] : []
  })
  return { ...message, singleValueExtendedProperties: list }
}

const sortable = [
  'receivedDateTime',
  'sentDateTime',
  'createdDateTime',
  'lastModifiedDateTime',
  'subject',
  'isRead',
  'from/emailAddress/name',
  'from/emailAddress/address',
  'importance',
  'hasAttachments',
]

function readOrder(text: string): { readonly path: string; readonly descending: boolean }[] {
  const [path = '', direction = 'asc'] = text.trim().split(/\s+/)
  if (path === '') return []
  if (!sortable.includes(path) || !/^(asc|desc)$/i.test(direction))
    throw badRequest(`Could not find a property named '${path}' to order by on type 'microsoft.graph.message'.`)
  return [{ path, descending: direction.toLowerCase() === 'desc' }]
}

/** What is ordered by has to stand in the filter too, first and in the same order. */
function checkFilter(filter: Filter, order: readonly string[]): void {
  const paths = pathsOf(filter)
  const known = (path: string): boolean => messageProperties.includes(path.split('/')[0] ?? '') || path === 'singleValueExtendedProperties'
  const unknown = paths.find(path => !known(path))
  if (unknown !== undefined) throw badRequest(`Could not find a property named '${unknown}' on type 'microsoft.graph.message'.`)
  if (order.some((path, index) => paths[index] !== path))
    throw new GraphError(400, 'InefficientFilter', 'The restriction or sort order is too complex for this operation.')
}
