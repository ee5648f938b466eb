import type { Answer } from '../../../http/answer.ts'
import type { Tenant } from '../../tenant.ts'
import { type GraphCall, routeValue } from '../call.ts'
import { GraphError } from '../graphError.ts'
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
  const owner = [...tenant.users.values()].find(({ person }) => person.mailboxGuid === guid.toLowerCase())
  if (!owner || tenantId?.toLowerCase() !== tenant.id) throw new GraphError(404, 'ErrorMailboxNotFound', 'The mailbox was not found.')
  return openMailboxOf(call, owner.person.objectGuid, permission)
}

/** A user's mailboxes: the way from a user to the ids that import and export go by. */
export function getExchangeSettings(call: GraphCall): Answer {
  const { mailbox } = openMailbox(call, permissions.readFolders)
  return entityAnswer(call, `users('${encodeURIComponent(routeValue(call, 'user'))}')/settings/exchange`, {
    primaryMailboxId: mailboxId(call.site.tenant, mailbox.guid),
  })
}
