import { checkRoom } from '../../../exchange/ews/placing.ts'
import { recycle } from '../../../exchange/ews/recycle.ts'
import type { Item } from '../../../exchange/item.ts'
import { distinguishedFolder, type Mailbox } from '../../../exchange/mailbox.ts'
import { touchItem } from '../../../exchange/store/addItem.ts'
import { copyItem, moveItem } from '../../../exchange/store/copyItem.ts'
import { asksForReceipt, isRead, sendReceipt } from '../../../exchange/store/receipts.ts'
import type { Answer } from '../../../http/answer.ts'
import { type GraphCall, jsonBody, routeValue } from '../call.ts'
import { badRequest, GraphError, itemNotFound } from '../graphError.ts'
import { findFolder, findItem, isCurrentKey } from '../ids.ts'
import { nothing } from '../nothing.ts'
import { entityAnswer } from '../odata/page.ts'
import { project, selected } from '../odata/select.ts'
import { openMailbox, permissions } from '../permit.ts'
import { createMessage, mimeOf } from './createMessage.ts'
import { nothingExpanded, readExpand } from './extended.ts'
import { isMessage, messageProperties, showMessage } from './showMessage.ts'
import { writeMessage } from './writeMessage.ts'

/** The message of the route's `{message}`, in its `{folder}` where it names one. */
export function messageOf(call: GraphCall, mailbox: Mailbox): Item {
  const item = findItem(call.site.tenant, mailbox, routeValue(call, 'message'))
  const folder = call.values['folder']
  const isThere = folder === undefined || findFolder(call.site.tenant, mailbox, folder) === item.folder
  if (!isThere || !isMessage(item)) throw itemNotFound()
  return item
}

const context = (call: GraphCall): string => `users('${encodeURIComponent(routeValue(call, 'user'))}')/messages/$entity`

const answerMessage = (call: GraphCall, mailbox: Mailbox, item: Item, status = 200): Answer =>
  entityAnswer(call, context(call), showMessage(call, mailbox, item, nothingExpanded), status)

export function getMessage(call: GraphCall): Answer {
  const { mailbox } = openMailbox(call, permissions.readMail)
  const item = messageOf(call, mailbox)
  const select = selected(call, 'message', messageProperties)
  return entityAnswer(call, context(call), project(showMessage(call, mailbox, item, readExpand(call.query.get('$expand')), select), select))
}

/** The message's MIME content. */
export function getMessageContent(call: GraphCall): Answer {
  const { mailbox } = openMailbox(call, permissions.readMail)
  return { status: 200, headers: { 'content-type': 'text/plain' }, body: mimeOf(call, messageOf(call, mailbox)) }
}

/** Without a folder it is created among the drafts. */
export function postMessage(call: GraphCall): Answer {
  const { mailbox } = openMailbox(call, permissions.writeMail)
  const { folder } = call.values
  const place = folder === undefined ? distinguishedFolder(mailbox, 'drafts') : findFolder(call.site.tenant, mailbox, folder)
  return answerMessage(call, mailbox, createMessage(call, mailbox, place), 201)
}

export function patchMessage(call: GraphCall): Answer {
  const { mailbox } = openMailbox(call, permissions.writeMail)
  const item = messageOf(call, mailbox)
  checkMatch(call, item)
  const body = jsonBody(call)
  const wasRead = isRead(item)
  const draft: Item = { ...item, properties: new Map(item.properties), elements: new Map(item.elements) }
  writeMessage(draft, body, false)
  commit(item, draft)
  if (Object.keys(body).every(name => name === 'isRead')) item.readChange = ++mailbox.lastChange
  else touchItem(mailbox, item, call.now)
  // Graph has nothing that would keep a receipt from being sent.
  if (!wasRead && isRead(item) && asksForReceipt(item)) sendReceipt(call.site.tenant.organisation, mailbox, item, 'displayed')
  return answerMessage(call, mailbox, item)
}

function commit(item: Item, draft: Item): void {
  item.itemClass = draft.itemClass
  item.mime = draft.mime
  item.properties.clear()
  for (const entry of draft.properties) item.properties.set(...entry)
  item.elements.clear()
  for (const entry of draft.elements) item.elements.set(...entry)
}

/** `If-Match`: the change key has to be the present one. */
export function checkMatch(call: GraphCall, item: Item): void {
  const [, key] = /^W\/"(.+)"$/.exec(call.headers['if-match'] ?? '') ?? []
  if (key !== undefined && !isCurrentKey(call.site.tenant, item, key))
    throw new GraphError(
      412,
      'ErrorIrresolvableConflict',
      'The send or update operation could not be performed because the change key passed in the request does not match the current change key for the item.',
    )
}

/** To Deleted Items; what lies there already goes to the recoverable items. */
export function deleteMessage(call: GraphCall): Answer {
  const { mailbox } = openMailbox(call, permissions.writeMail)
  const item = messageOf(call, mailbox)
  checkMatch(call, item)
  if (!isRead(item) && asksForReceipt(item)) sendReceipt(call.site.tenant.organisation, mailbox, item, 'deleted')
  recycle(mailbox, item, item.folder.distinguished === 'deleteditems' ? 'SoftDelete' : 'MoveToDeletedItems')
  return nothing()
}

export function permanentDelete(call: GraphCall): Answer {
  const { mailbox } = openMailbox(call, permissions.writeMail)
  recycle(mailbox, messageOf(call, mailbox), 'HardDelete')
  return nothing()
}

export const moveMessage = (call: GraphCall): Answer => transfer(call, (mailbox, item, to) => moveItem(mailbox, item, mailbox, to))

export const copyMessage = (call: GraphCall): Answer =>
  transfer(call, (mailbox, item, to) => {
    checkRoom(call.site.tenant, mailbox, item)
    return copyItem(mailbox, to, item, call.now)
  })

type Work = (mailbox: Mailbox, item: Item, to: Item['folder']) => Item

function transfer(call: GraphCall, work: Work): Answer {
  const { mailbox } = openMailbox(call, permissions.writeMail)
  const { destinationId } = jsonBody(call)
  if (typeof destinationId !== 'string') throw badRequest('The DestinationId parameter is missing.')
  const item = work(mailbox, messageOf(call, mailbox), findFolder(call.site.tenant, mailbox, destinationId))
  call.site.tenant.arrivals.set(item, call.now)
  return answerMessage(call, mailbox, item, 201)
}
