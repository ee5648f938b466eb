import { MailferryError } from '../../domain/errors.ts'
import type { Folder } from '../mailServer.ts'
import type { SessionContext } from './sessionContext.ts'
import { statusItems } from './statuses.ts'

/**
 * Which store the mailbox is: INBOX's UIDVALIDITY, since INBOX can't be deleted without the mailbox, and its MAILBOXID
 * where the server has OBJECTID (RFC 8474), which stays when a repaired server renumbers. Without that the listing has said it all.
 */
export async function incarnation(context: SessionContext, listed: () => Promise<readonly Folder[]>): Promise<string> {
  if (!context.capabilities.has('OBJECTID')) {
    const inbox = (await listed()).find(folder => folder.role === 'inbox')
    if (inbox) return inbox.validity
  }
  const wire = await context.pool.wire()
  const identified = context.capabilities.has('OBJECTID')
  const values = await statusItems(wire, 'INBOX', ['UIDVALIDITY', ...(identified ? ['MAILBOXID'] : [])])
  const validity = values?.get('UIDVALIDITY')
  if (validity === undefined)
    throw new MailferryError('server.protocol', { host: context.host, detail: 'STATUS INBOX gave no UIDVALIDITY' })
  return values?.get('MAILBOXID') ?? validity
}
