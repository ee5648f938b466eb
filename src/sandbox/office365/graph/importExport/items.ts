import { recycle } from '../../../exchange/ews/recycle.ts'
import type { Item } from '../../../exchange/item.ts'
import type { Folder, Mailbox } from '../../../exchange/mailbox.ts'
import { keys } from '../../../exchange/properties.ts'
import type { Answer } from '../../../http/answer.ts'
import { type GraphCall, pageSize, routeValue } from '../call.ts'
import { answerDelta, resumeDelta } from '../delta.ts'
import { badRequest, itemNotFound } from '../graphError.ts'
import { changeKey, etag, findItem, itemId } from '../ids.ts'
import { trackedItem } from '../mail/deltaMessages.ts'
import { type Expansion, nothingExpanded, readExpand, showExtended } from '../mail/extended.ts'
import { isVisible } from '../mail/visible.ts'
import { nothing } from '../nothing.ts'
import { parseFilter, pathsOf } from '../odata/filter.ts'
import { matches } from '../odata/matches.ts'
import { entityAnswer, page, resumed } from '../odata/page.ts'
import { project, selected } from '../odata/select.ts'
import { permissions } from '../permit.ts'
import { openFolder } from './mailboxes.ts'

const properties = ['id', 'changeKey', 'categories', 'createdDateTime', 'lastModifiedDateTime', 'size', 'type']

const iso = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`

/** `mailboxItem`: any item, by what all items have. */
function showItem(call: GraphCall, mailbox: Mailbox, item: Item, expansion: Expansion): object {
  return {
    '@odata.etag': etag(call.site.tenant, item),
    id: itemId(call, mailbox, item),
    changeKey: changeKey(call.site.tenant, item),
    categories: [...(item.properties.get(keys.keywords)?.value ?? [])],
    createdDateTime: iso(item.created),
    lastModifiedDateTime: iso(item.modified),
    size: item.size,
    type: item.itemClass,
    ...showExtended(item, expansion),
  }
}

const shown = (call: GraphCall, folder: Folder): Item[] =>
  [...folder.items.values()].filter(item => !item.isAssociated && isVisible(call, item))

export function listMailboxItems(given: GraphCall): Answer {
  const { call, offset } = resumed(given)
  const { mailbox, folder } = openFolder(call, permissions.readItems)
  const select = selected(call, 'mailboxItem', properties)
  const expansion = readExpand(call.query.get('$expand'))
  const text = call.query.get('$filter')
  const filter = text === null ? undefined : parseFilter(text)
  const unknown = filter && pathsOf(filter).find(path => !properties.includes(path))
  if (unknown !== undefined) throw badRequest(`Could not find a property named '${unknown}' on type 'microsoft.graph.mailboxItem'.`)
  const items = shown(call, folder)
  const entities = filter ? items.filter(item => matches(showItem(call, mailbox, item, nothingExpanded), filter)) : items
  return page(call, {
    context: 'items',
    entities,
    offset,
    size: pageSize(call, 10, 1000),
    show: item => project(showItem(call, mailbox, item, expansion), select),
  })
}

function itemOf(call: GraphCall, mailbox: Mailbox, folder: Folder): Item {
  const item = findItem(call.site.tenant, mailbox, routeValue(call, 'item'))
  if (item.folder !== folder) throw itemNotFound()
  return item
}

export function getMailboxItem(call: GraphCall): Answer {
  const { mailbox, folder } = openFolder(call, permissions.readItems)
  const item = itemOf(call, mailbox, folder)
  const select = selected(call, 'mailboxItem', properties)
  return entityAnswer(call, 'items/$entity', project(showItem(call, mailbox, item, readExpand(call.query.get('$expand'))), select))
}

export function deleteMailboxItem(call: GraphCall): Answer {
  const { mailbox, folder } = openFolder(call, permissions.deleteItems)
  recycle(mailbox, itemOf(call, mailbox, folder), 'SoftDelete')
  return nothing()
}

export function deltaMailboxItems(given: GraphCall): Answer {
  const { mailbox, folder } = openFolder(given, permissions.readItems)
  const { call, state } = resumeDelta(given)
  const select = selected(call, 'mailboxItem', properties)
  const expansion = readExpand(call.query.get('$expand'))
  return answerDelta(call, state, {
    context: 'Collection(mailboxItem)',
    store: mailbox.guid,
    lastChange: mailbox.lastChange,
    entities: shown(call, folder).map(trackedItem),
    size: pageSize(call, 10, 1000),
    show: ({ item }) => ({ '@odata.type': '#microsoft.graph.mailboxItem', ...project(showItem(call, mailbox, item, expansion), select) }),
    removedId: gone => itemId(call, mailbox, gone),
  })
}
