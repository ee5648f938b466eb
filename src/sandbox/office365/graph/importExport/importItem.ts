import { checkRoom } from '../../../exchange/ews/placing.ts'
import { addItem } from '../../../exchange/store/addItem.ts'
import { readExport } from '../../../exchange/store/exportStream.ts'
import { replaceItem } from '../../../exchange/store/replaceItem.ts'
import { type Answer, jsonAnswer } from '../../../http/answer.ts'
import type { Office365Site } from '../../site.ts'
import { type GraphCall, readObject, wantsImmutableIds } from '../call.ts'
import { badRequest, GraphError, itemNotFound } from '../graphError.ts'
import { auxiliaryOf, changeKey, findFolder, findItem, immutableId, isCurrentKey, numberId } from '../ids.ts'
import { entityAnswer } from '../odata/page.ts'
import { permissions } from '../permit.ts'
import { openToken, sealToken } from '../seal.ts'
import { mailboxId, openById } from './mailboxes.ts'

/** What the token in an import URL says. */
export interface ImportSession {
  readonly kind: 'import'
  readonly mailboxGuid: string
  readonly userId: string
  readonly appId: string
  readonly immutable: boolean
  /** Milliseconds since the epoch. */
  readonly expires: number
}

export function createImportSession(call: GraphCall): Answer {
  const { mailbox, user } = openById(call, permissions.importItems)
  const { tenant } = call.site
  const session: ImportSession = {
    kind: 'import',
    mailboxGuid: mailbox.guid,
    userId: user.person.objectGuid,
    appId: call.caller.appid,
    immutable: wantsImmutableIds(call),
    expires: call.now + tenant.switches.importSessionLifetime,
  }
  const path = `/api/g${call.version}/Mailboxes('${mailboxId(tenant, mailbox.guid)}')/importItem`
  return entityAnswer(call, 'microsoft.graph.mailboxItemImportSession', {
    importUrl: `${call.site.outlookBase}${path}?authtoken=${sealToken(tenant, session)}`,
    expirationDateTime: new Date(session.expires).toISOString(),
  })
}

/** The session of an import URL. The URL is the permission: an Authorization header has no business there. */
export function readImportSession({ tenant }: Office365Site, url: URL, headers: Readonly<Record<string, string>>): ImportSession {
  if (headers['authorization'] !== undefined)
    throw new GraphError(401, 'InvalidAuthenticationToken', 'The import URL is preauthenticated: the Authorization header is not accepted.')
  const session = openToken<ImportSession>(tenant, url.searchParams.get('authtoken') ?? '')
  if (session?.kind !== 'import' || !url.pathname.includes(`'${mailboxId(tenant, session.mailboxGuid)}'`))
    throw new GraphError(401, 'InvalidAuthenticationToken', 'The authentication token is invalid.')
  if (session.expires <= tenant.organisation.now())
    throw new GraphError(401, 'InvalidAuthenticationToken', 'The authentication token has expired: the import session is over.')
  return session
}

/** Imports one item: a new one, or another version of one that is there. */
export function importItem(site: Office365Site, session: ImportSession, body: Buffer): Answer {
  const { tenant } = site
  const now = tenant.organisation.now()
  const given = readObject(body)
  const text = (name: string): string | undefined => {
    const value = given[name]
    return typeof value === 'string' && value !== '' ? value : undefined
  }
  const [folderId, mode, data, id, key] = ['FolderId', 'Mode', 'Data', 'ItemId', 'ChangeKey'].map(text)
  const mailbox = tenant.organisation.mailboxes.get(session.mailboxGuid)
  if (!mailbox) throw itemNotFound()
  if (folderId === undefined || data === undefined || (mode !== 'create' && mode !== 'update'))
    throw badRequest('FolderId, Mode (create or update) and Data are required.')
  const elsewhere = auxiliaryOf(tenant, mailbox, folderId)
  if (elsewhere) {
    const expected = mailboxId(tenant, elsewhere.guid)
    return jsonAnswer({ Message: `Invalid import session. The target session is expected in mailbox ${expected}.` }, 409)
  }
  const folder = findFolder(tenant, mailbox, folderId)
  const exported = readExport(Buffer.from(data, 'base64'))
  if (!exported) throw new GraphError(400, 'ErrorCorruptData', 'The data is no valid item stream.')
  const answer = (item: Parameters<typeof changeKey>[1]): Answer =>
    jsonAnswer({
      '@odata.context': `${site.outlookBase}/api/gv1.0/$metadata#microsoft.graph.importMailboxItemResponse`,
      itemId: session.immutable ? immutableId(tenant, mailbox, item.immutable) : numberId(tenant, mailbox, item.number),
      changeKey: changeKey(tenant, item),
    })
  if (mode === 'create') {
    if (id !== undefined || key !== undefined) throw badRequest('ItemId and ChangeKey are not allowed in create mode.')
    checkRoom(tenant, mailbox, exported.content)
    const item = addItem(mailbox, folder, exported.content, { created: now, modified: exported.modified })
    tenant.arrivals.set(item, now)
    return answer(item)
  }
  if (id === undefined || key === undefined) throw badRequest('ItemId and ChangeKey are required in update mode.')
  const old = findItem(tenant, mailbox, id)
  if (old.folder !== folder) throw itemNotFound()
  if (!isCurrentKey(tenant, old, key))
    throw new GraphError(409, 'ErrorIrresolvableConflict', 'The change key does not match the current change key for the item.')
  checkRoom(tenant, mailbox, exported.content, old.size)
  return answer(replaceItem(mailbox, old, exported.content, now))
}
