import { itemChange } from '../../../exchange/fields/itemView.ts'
import type { Item } from '../../../exchange/item.ts'
import { keys, textOf } from '../../../exchange/properties.ts'
import { isRead } from '../../../exchange/store/receipts.ts'
import type { Answer } from '../../../http/answer.ts'
import { type GraphCall, pageSize, routeValue } from '../call.ts'
import { answerDelta, resumeDelta } from '../delta.ts'
import { badRequest, GraphError } from '../graphError.ts'
import { etag, findFolder, folderId, itemId } from '../ids.ts'
import { project, selected } from '../odata/select.ts'
import { openMailbox, permissions } from '../permit.ts'
import { readExpand } from './extended.ts'
import { allMailFolders, folderProperties, showFolder } from './folders.ts'
import { isMessage, messageProperties, showMessage } from './showMessage.ts'
import { isVisible } from './visible.ts'

/** What changed among a folder's messages. */
export function deltaMessages(given: GraphCall): Answer {
  const { mailbox } = openMailbox(given, permissions.readMail)
  const folder = findFolder(given.site.tenant, mailbox, routeValue(given, 'folder'))
  const { call, state } = resumeDelta(given)
  if (call.query.has('$search')) throw badRequest("The query parameter '$search' isn't supported with change tracking.")
  const select = selected(call, 'message', messageProperties)
  const expansion = readExpand(call.query.get('$expand'))
  const entities = [...folder.items.values()]
    .filter(item => isMessage(item) && isVisible(call, item) && isLateEnough(call, item))
    .map(trackedItem)
  if (isNewestFirst(call)) entities.sort((a, b) => (received(a.item) < received(b.item) ? 1 : -1))
  return answerDelta(call, state, {
    context: 'Collection(message)',
    store: mailbox.guid,
    lastChange: mailbox.lastChange,
    entities,
    size: pageSize(call, 10, 1000),
    show: ({ item }, isNew, seen) => {
      const id = itemId(call, mailbox, item)
      // Of a message that was only read, or unread, nothing else is told.
      const isReadOnly = !isNew && item.change <= seen
      const shown = isReadOnly
        ? { '@odata.etag': etag(call.site.tenant, item), id, isRead: isRead(item) }
        : project(showMessage(call, mailbox, item, expansion, select), select)
      return { '@odata.type': '#microsoft.graph.message', ...shown }
    },
    removedId: gone => itemId(call, mailbox, gone),
  })
}

export const trackedItem = (item: Item) => ({ item, number: item.number, immutable: item.immutable, change: itemChange(item) })

const received = ({ properties }: Item): string => textOf(properties, keys.deliveryTime) ?? ''

/** The only filter there is: `receivedDateTime ge …`, or `gt`. */
function isLateEnough({ query }: GraphCall, item: Item): boolean {
  const filter = query.get('$filter')
  if (filter === null) return true
  const [, operator, time = ''] = /^\s*receivedDateTime\s+(ge|gt)\s+(\S+)\s*$/.exec(filter) ?? []
  const limit = Date.parse(time)
  if (operator === undefined || Number.isNaN(limit))
    throw new GraphError(400, 'ErrorInvalidUrlQueryFilter', 'The query filter contains one or more invalid nodes.')
  const at = Date.parse(received(item))
  return operator === 'ge' ? at >= limit : at > limit
}

function isNewestFirst({ query }: GraphCall): boolean {
  const order = query.get('$orderby')
  if (order !== null && !/^\s*receivedDateTime\s+desc\s*$/i.test(order))
    throw new GraphError(
      400,
      'ErrorInvalidUrlQuery',
      'The following parameters are not supported with change tracking over the resource: $orderby.',
    )
  return order !== null
}

/** Messages are tracked folder by folder. */
export function noDelta(): never {
  throw badRequest("Change tracking is not supported against 'microsoft.graph.message'.")
}

/** What changed among a mailbox's mail folders, at every depth. */
export function deltaFolders(given: GraphCall): Answer {
  const { mailbox } = openMailbox(given, permissions.readMail)
  const { call, state } = resumeDelta(given)
  const { tenant } = call.site
  const select = selected(call, 'mailFolder', folderProperties)
  return answerDelta(call, state, {
    context: 'Collection(mailFolder)',
    store: mailbox.guid,
    lastChange: mailbox.lastChange,
    entities: allMailFolders(mailbox).map(folder => ({ folder, number: folder.number, immutable: folder.number, change: folder.change })),
    size: pageSize(call, 10, 1000),
    show: ({ folder }) => ({ '@odata.type': '#microsoft.graph.mailFolder', ...project(showFolder(tenant, mailbox, folder), select) }),
    removedId: gone => folderId(tenant, mailbox, gone),
  })
}
