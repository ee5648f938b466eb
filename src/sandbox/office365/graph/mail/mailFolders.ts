import { checkedName, discard } from '../../../exchange/ews/folderWrites.ts'
import { addFolder, childrenOf, descendantsOf, distinguishedFolder, type Folder, type Mailbox } from '../../../exchange/mailbox.ts'
import { copyItem } from '../../../exchange/store/copyItem.ts'
import type { Answer } from '../../../http/answer.ts'
import { type GraphCall, jsonBody, pageSize, routeValue } from '../call.ts'
import { badRequest, GraphError } from '../graphError.ts'
import { findFolder } from '../ids.ts'
import { nothing } from '../nothing.ts'
import { parseFilter } from '../odata/filter.ts'
import { matches } from '../odata/matches.ts'
import { entityAnswer, page, resumed } from '../odata/page.ts'
import { project, selected } from '../odata/select.ts'
import { openMailbox, type Permission, permissions } from '../permit.ts'
import { folderProperties, hiddenKey, rootOf, showFolder, shownChildren, wantsHidden } from './folders.ts'

const placeOf = (call: GraphCall, permission: Permission): { readonly mailbox: Mailbox; readonly folder: Folder } => {
  const { mailbox } = openMailbox(call, permission)
  return { mailbox, folder: findFolder(call.site.tenant, mailbox, routeValue(call, 'folder')) }
}

const contextOf = (call: GraphCall): string => `users('${encodeURIComponent(routeValue(call, 'user'))}')/mailFolders`

/** Mail folders right below the root; hidden ones where they are asked for. */
export function listMailFolders(given: GraphCall): Answer {
  const { call, offset } = resumed(given)
  const { mailbox } = openMailbox(call, permissions.readMail)
  return list(call, mailbox, rootOf(mailbox), offset)
}

export function listChildFolders(given: GraphCall): Answer {
  const { call, offset } = resumed(given)
  const { mailbox, folder } = placeOf(call, permissions.readMail)
  return list(call, mailbox, folder, offset)
}

function list(call: GraphCall, mailbox: Mailbox, parent: Folder, offset: number): Answer {
  const hidden = wantsHidden(call)
  const select = selected(call, 'mailFolder', folderProperties)
  const filter = call.query.get('$filter')
  const parsed = filter === null ? undefined : parseFilter(filter)
  const shown = shownChildren(mailbox, parent, hidden).map(folder => showFolder(call.site.tenant, mailbox, folder, hidden))
  const entities = parsed ? shown.filter(folder => matches(folder, parsed)) : shown
  const count = call.query.get('$count') === 'true' ? entities.length : undefined
  return page(call, {
    context: contextOf(call),
    entities,
    offset,
    size: pageSize(call, 10, 1000),
    show: folder => project(folder, select),
    count,
  })
}

const answerFolder = (call: GraphCall, mailbox: Mailbox, folder: Folder, status = 200): Answer =>
  entityAnswer(
    call,
    `${contextOf(call)}/$entity`,
    project(showFolder(call.site.tenant, mailbox, folder, wantsHidden(call)), selected(call, 'mailFolder', folderProperties)),
    status,
  )

export function getMailFolder(call: GraphCall): Answer {
  const { mailbox, folder } = placeOf(call, permissions.readMail)
  return answerFolder(call, mailbox, folder)
}

export function postMailFolder(call: GraphCall): Answer {
  const { mailbox } = openMailbox(call, permissions.writeMail)
  return create(call, mailbox, rootOf(mailbox))
}

export function postChildFolder(call: GraphCall): Answer {
  const { mailbox, folder } = placeOf(call, permissions.writeMail)
  return create(call, mailbox, folder)
}

function create(call: GraphCall, mailbox: Mailbox, parent: Folder): Answer {
  const { displayName, isHidden } = jsonBody(call)
  const name = checkedName(mailbox, parent, typeof displayName === 'string' ? displayName : undefined)
  if (mailbox.folders.size >= call.site.tenant.organisation.limits.maxFolders)
    throw new GraphError(400, 'ErrorFolderSave', 'The mailbox has too many folders.')
  const folder = addFolder(mailbox, parent, { displayName: name, folderClass: 'IPF.Note' })
  if (isHidden === true) folder.properties.set(hiddenKey, { type: 'Boolean', value: 'true' })
  return answerFolder(call, mailbox, folder, 201)
}

export function patchMailFolder(call: GraphCall): Answer {
  const { mailbox, folder } = placeOf(call, permissions.writeMail)
  const { displayName, isHidden } = jsonBody(call)
  if (isHidden !== undefined) throw badRequest('isHidden can be set at creation only.')
  if (folder.distinguished || !folder.parent) throw distinguished()
  folder.displayName = checkedName(mailbox, folder.parent, typeof displayName === 'string' ? displayName : undefined, folder)
  folder.change = ++mailbox.lastChange
  return answerFolder(call, mailbox, folder)
}

const distinguished = (): GraphError => new GraphError(403, 'ErrorDeleteDistinguishedFolder', 'Distinguished folders cannot be deleted.')

/** To Deleted Items, and from there for good. */
export function deleteMailFolder(call: GraphCall): Answer {
  const { mailbox, folder } = placeOf(call, permissions.writeMail)
  if (folder.distinguished) throw distinguished()
  const bin = distinguishedFolder(mailbox, 'deleteditems')
  if (isWithin(bin, folder)) destroy(mailbox, folder, 'SoftDelete')
  else relocate(mailbox, folder, bin, true)
  return nothing()
}

export function permanentDeleteFolder(call: GraphCall): Answer {
  const { mailbox, folder } = placeOf(call, permissions.writeMail)
  if (folder.distinguished) throw distinguished()
  destroy(mailbox, folder, 'HardDelete')
  return nothing()
}

function destroy(mailbox: Mailbox, folder: Folder, deleteType: string): void {
  for (const one of [...descendantsOf(mailbox, folder).reverse(), folder]) discard(mailbox, one, deleteType)
}

const isWithin = (ancestor: Folder, folder: Folder | undefined): boolean =>
  folder !== undefined && (folder === ancestor || isWithin(ancestor, folder.parent))

/** The id stays: containers keep theirs. In Deleted Items a name that is taken gets a number. */
function relocate(mailbox: Mailbox, folder: Folder, to: Folder, renames = false): void {
  if (renames) {
    const names = new Set(childrenOf(mailbox, to).map(({ displayName }) => displayName.toLowerCase()))
    let name = folder.displayName
    for (let number = 1; names.has(name.toLowerCase()); number++) name = `${folder.displayName}${number}`
    folder.displayName = name
  }
  folder.parent = to
  folder.change = ++mailbox.lastChange
}

function destination(call: GraphCall, mailbox: Mailbox): Folder {
  const { destinationId } = jsonBody(call)
  if (typeof destinationId !== 'string') throw badRequest('The DestinationId parameter is missing.')
  return findFolder(call.site.tenant, mailbox, destinationId)
}

export function moveMailFolder(call: GraphCall): Answer {
  const { mailbox, folder } = placeOf(call, permissions.writeMail)
  const to = destination(call, mailbox)
  if (folder.distinguished) throw distinguished()
  if (isWithin(folder, to)) throw new GraphError(400, 'ErrorMoveCopyFailed', 'The move or copy operation failed.')
  checkedName(mailbox, to, folder.displayName, folder)
  relocate(mailbox, folder, to)
  return answerFolder(call, mailbox, folder, 201)
}

export function copyMailFolder(call: GraphCall): Answer {
  const { mailbox, folder } = placeOf(call, permissions.writeMail)
  const to = destination(call, mailbox)
  if (isWithin(folder, to)) throw new GraphError(400, 'ErrorMoveCopyFailed', 'The move or copy operation failed.')
  checkedName(mailbox, to, folder.displayName)
  return answerFolder(call, mailbox, duplicate(call, mailbox, folder, to), 201)
}

function duplicate(call: GraphCall, mailbox: Mailbox, folder: Folder, to: Folder): Folder {
  const made = addFolder(mailbox, to, { displayName: folder.displayName, folderClass: folder.folderClass })
  for (const item of folder.items.values()) copyItem(mailbox, made, item, call.now)
  for (const child of childrenOf(mailbox, folder)) duplicate(call, mailbox, child, made)
  return made
}
