import { checkedName, discard } from '../../../exchange/ews/folderWrites.ts'
import type { DistinguishedFolder } from '../../../exchange/language.ts'
import { addFolder, childrenOf, descendantsOf, type Folder, type Mailbox } from '../../../exchange/mailbox.ts'
import type { Properties } from '../../../exchange/properties.ts'
import type { Answer } from '../../../http/answer.ts'
import { auxiliaries, expandedIn } from '../../archives.ts'
import { type GraphCall, jsonBody, pageSize } from '../call.ts'
import { answerDelta, resumeDelta } from '../delta.ts'
import { GraphError } from '../graphError.ts'
import { folderId, isArchiveStore } from '../ids.ts'
import { readExpand, showProperties } from '../mail/extended.ts'
import { rootOf } from '../mail/folders.ts'
import { nothing } from '../nothing.ts'
import { parseFilter } from '../odata/filter.ts'
import { matches } from '../odata/matches.ts'
import { entityAnswer, page, resumed } from '../odata/page.ts'
import { project, selected } from '../odata/select.ts'
import { permissions } from '../permit.ts'
import { openById, openFolder, storeUrl } from './mailboxes.ts'

const known = ['id', 'displayName', 'parentFolderId', 'childFolderCount', 'totalItemCount', 'type', 'wellKnownName']

const propertiesIn = ({ version }: GraphCall): string[] => (version === 'beta' ? [...known, 'parentMailboxUrl'] : known)

/** Beside its own properties a folder has PidTagFolderType: 1, for there are no search folders here, but 0 of the root. */
const propertiesOf = ({ properties: own, parent }: Folder): Properties =>
  new Map(own).set('0x3601', { type: 'Integer', value: parent ? '1' : '0' })

/** `mailboxFolder`: of every class, unlike a `mailFolder`. */
export function showMailboxFolder({ site, version }: GraphCall, mailbox: Mailbox, folder: Folder): object {
  const { tenant } = site
  const isArchive = tenant.archiveFolders.get(mailbox.guid) === folder
  return {
    id: folderId(tenant, mailbox, folder),
    displayName: folder.displayName,
    ...(folder.parent && { parentFolderId: folderId(tenant, mailbox, folder.parent) }),
    childFolderCount: childrenOf(mailbox, folder).length,
    totalItemCount: [...folder.items.values()].filter(({ isAssociated }) => !isAssociated).length,
    type: folder.folderClass,
    wellKnownName: isArchive ? 'archive' : isArchiveStore(mailbox) ? null : nameOf(folder.distinguished),
    ...(version === 'beta' && { parentMailboxUrl: storeUrl(site, mailbox.guid) }),
  }
}

const nameOf = (name: DistinguishedFolder | undefined): string | null => name ?? null

export function listMailboxFolders(given: GraphCall): Answer {
  const { call, offset } = resumed(given)
  const { mailbox } = openById(call, permissions.readFolders)
  return list(call, mailbox, rootOf(mailbox), offset)
}

export function listChildMailboxFolders(given: GraphCall): Answer {
  const { call, offset } = resumed(given)
  const { mailbox, folder } = openFolder(call, permissions.readFolders)
  return list(call, mailbox, folder, offset)
}

function list(call: GraphCall, mailbox: Mailbox, parent: Folder, offset: number): Answer {
  const text = call.query.get('$filter')
  const filter = text === null ? undefined : parseFilter(text)
  const select = selected(call, 'mailboxFolder', propertiesIn(call))
  const expansion = readExpand(call.query.get('$expand'))
  const { tenant } = call.site
  // What an archive was expanded by is shown where it was.
  const expanded = parent === rootOf(mailbox) ? auxiliaries(tenant, mailbox) : []
  const show = (store: Mailbox, folder: Folder): object => ({
    ...showMailboxFolder(call, store, folder),
    ...(store !== mailbox && { parentFolderId: folderId(tenant, mailbox, parent) }),
    ...showProperties(propertiesOf(folder), expansion),
  })
  const shown = [
    ...childrenOf(mailbox, parent).map(folder => show(mailbox, folder)),
    ...expanded.flatMap(store => expandedIn(store).map(folder => show(store, folder))),
  ]
  const entities = filter ? shown.filter(folder => matches(folder, filter)) : shown
  return page(call, { context: 'folders', entities, offset, size: pageSize(call, 10, 1000), show: folder => project(folder, select) })
}

export function getMailboxFolder(call: GraphCall): Answer {
  const { mailbox, folder } = openFolder(call, permissions.readFolders)
  const select = selected(call, 'mailboxFolder', propertiesIn(call))
  return entityAnswer(call, 'folders/$entity', project(showMailboxFolder(call, mailbox, folder), select))
}

export const postMailboxFolder = (call: GraphCall): Answer => {
  const { mailbox } = openById(call, permissions.writeFolders)
  return create(call, mailbox, rootOf(mailbox))
}

export function postChildMailboxFolder(call: GraphCall): Answer {
  const { mailbox, folder } = openFolder(call, permissions.writeFolders)
  return create(call, mailbox, folder)
}

function create(call: GraphCall, mailbox: Mailbox, parent: Folder): Answer {
  const { displayName, type = 'IPF.Note' } = jsonBody(call)
  const name = checkedName(mailbox, parent, typeof displayName === 'string' ? displayName : undefined)
  if (typeof type !== 'string' || !/^IPF\./i.test(type)) throw new GraphError(400, 'ErrorInvalidRequest', 'The folder type is invalid.')
  return entityAnswer(
    call,
    'folders/$entity',
    showMailboxFolder(call, mailbox, addFolder(mailbox, parent, { displayName: name, folderClass: type })),
    201,
  )
}

export function patchMailboxFolder(call: GraphCall): Answer {
  const { mailbox, folder } = openFolder(call, permissions.writeFolders)
  const { displayName } = jsonBody(call)
  if (folder.distinguished || !folder.parent) throw new GraphError(403, 'ErrorAccessDenied', 'Distinguished folders cannot be renamed.')
  folder.displayName = checkedName(mailbox, folder.parent, typeof displayName === 'string' ? displayName : undefined, folder)
  folder.change = ++mailbox.lastChange
  return entityAnswer(call, 'folders/$entity', showMailboxFolder(call, mailbox, folder))
}

export function deleteMailboxFolder(call: GraphCall): Answer {
  const { mailbox, folder } = openFolder(call, permissions.writeFolders)
  if (folder.distinguished) throw new GraphError(403, 'ErrorDeleteDistinguishedFolder', 'Distinguished folders cannot be deleted.')
  for (const one of [...descendantsOf(mailbox, folder).reverse(), folder]) discard(mailbox, one, 'SoftDelete')
  return nothing()
}

export function deltaMailboxFolders(given: GraphCall): Answer {
  const { mailbox } = openById(given, permissions.readFolders)
  const { call, state } = resumeDelta(given)
  const folders = descendantsOf(mailbox, rootOf(mailbox))
  return answerDelta(call, state, {
    context: 'Collection(mailboxFolder)',
    store: mailbox.guid,
    lastChange: mailbox.lastChange,
    entities: folders.map(folder => ({ folder, number: folder.number, immutable: folder.number, change: folder.change })),
    size: pageSize(call, 10, 1000),
    show: ({ folder }) => ({ '@odata.type': '#microsoft.graph.mailboxFolder', ...showMailboxFolder(call, mailbox, folder) }),
    removedId: gone => folderId(call.site.tenant, mailbox, gone),
  })
}
