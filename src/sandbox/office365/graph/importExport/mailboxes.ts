import type { Folder, Mailbox } from '../../../exchange/mailbox.ts'
import type { Answer } from '../../../http/answer.ts'
import { ownerOfStore } from '../../archives.ts'
import type { Tenant } from '../../tenant.ts'
import { type GraphCall, routeValue } from '../call.ts'
import { GraphError } from '../graphError.ts'
import { auxiliaryOf, findFolder } from '../ids.ts'
import { entityAnswer } from '../odata/page.ts'
import { type OpenMailbox, openMailbox, openMailboxOf, type Permission, permissions } from '../permit.ts'

/** `MBX:store@tenant`: a primary or shared mailbox. Archives have ids in the beta version alone. */
export const mailboxId = ({ id }: Tenant, guid: string): string => `MBX:${guid}@${id}`

/** The mailbox of the route's `{mailbox}`. */
export function openById(call: GraphCall, permission: Permission): OpenMailbox {
  const id = routeValue(call, 'mailbox')
  const { tenant } = call.site
  const [, guid, tenantId] = /^MBX:([0-9a-f-]{36})@([0-9a-f-]{36})$/i.exec(id) ?? []
  if (guid === undefined) throw new GraphError(400, 'ErrorInvalidMailboxId', `The mailbox id '${id}' is invalid.`)
  const owner = ownerOfStore(tenant, guid.toLowerCase())
  const store = tenant.organisation.mailboxes.get(guid.toLowerCase())
  const isArchive = owner?.person.mailboxGuid !== guid.toLowerCase()
  if (!owner || !store || tenantId?.toLowerCase() !== tenant.id || (isArchive && call.version !== 'beta'))
    throw new GraphError(404, 'ErrorMailboxNotFound', 'The mailbox was not found.')
  const open = openMailboxOf(call, owner.person.objectGuid, permission)
  if (!isArchive) return open
  const fault = tenant.organisation.faults.mailboxes.get(store.guid)
  if (fault) throw new GraphError(403, 'ErrorAccessDenied', 'Access is denied. Check credentials and try again.')
  return { ...open, mailbox: store }
}

/** The folder of the route's `{folder}`, in the mailbox of its `{mailbox}`; one that lies in another store of the archive is asked for there. */
export function openFolder(call: GraphCall, permission: Permission): { readonly mailbox: Mailbox; readonly folder: Folder } {
  const { mailbox } = openById(call, permission)
  const { tenant } = call.site
  const id = routeValue(call, 'folder')
  const elsewhere = auxiliaryOf(tenant, mailbox, id)
  if (elsewhere) throw movedTo(call, elsewhere)
  return { mailbox, folder: findFolder(tenant, mailbox, id) }
}

/** "Handle archive mailbox redirects": the same path, below the store that holds the folder. */
function movedTo({ site, segments }: GraphCall, { guid }: Mailbox): GraphError {
  const rest = segments.slice(4).map(encodeURIComponent).join('/')
  const location = `${storeUrl(site, guid)}/${rest}`
  return new GraphError(308, 'ErrorArchiveFolderMovedPermanently', 'The folder is in another mailbox.', { location })
}

/** Where a store's folders are, whole. */
export const storeUrl = ({ graphBase, tenant }: GraphCall['site'], guid: string): string =>
  `${graphBase}/beta/admin/exchange/mailboxes/${mailboxId(tenant, guid)}`

/** A user's mailboxes: the way from a user to the ids that import and export go by. */
export function getExchangeSettings(call: GraphCall): Answer {
  const { mailbox, user } = openMailbox(call, permissions.readFolders)
  const { archiveGuid } = user.person
  return entityAnswer(call, `users('${encodeURIComponent(routeValue(call, 'user'))}')/settings/exchange`, {
    primaryMailboxId: mailboxId(call.site.tenant, mailbox.guid),
    ...(call.version === 'beta' && {
      inPlaceArchiveMailboxId: archiveGuid === undefined ? null : mailboxId(call.site.tenant, archiveGuid),
    }),
  })
}
