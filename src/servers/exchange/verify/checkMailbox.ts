import type { Check } from '../../mailServer.ts'
import { type ActingFor, libraryText, type TypedCall, typedCall } from '../library/typedEws.ts'
import { EwsRefusal } from '../soap/ewsRefusal.ts'
import { textAt } from '../soap/node.ts'
import { meaningOf } from '../soap/responseCodes.ts'
import { acceptedDomains } from './acceptedDomains.ts'
import { grantAccess, listMailboxes } from './powerShell.ts'
import { rawCall } from './rawCall.ts'
import { fail, type Learned, ourError, type Reaching } from './verifying.ts'

/** Checks `actAs`, `folders`, `listMailboxes`, `acceptedDomains` and `transfer`, on the mailbox that was named where one was. */
export async function* checkMailbox(
  reaching: Reaching,
  serverVersion: string,
): AsyncGenerator<Check, Pick<Learned, 'serverVersion' | 'acceptedDomains'> | undefined> {
  const { admin, actingFor, call, transport, url } = reaching
  const acting = { ...call, actingFor }
  if (actingFor === undefined) {
    const detail = 'no mailbox was named to try it on'
    yield { name: 'actAs', state: 'skipped', detail }
    yield { name: 'folders', state: 'skipped', detail }
  } else {
    const folders = await countFolders(reaching, acting, actingFor).catch((error: unknown) =>
      ourError(error, reaching, 'FindFolder', new URL(url).hostname),
    )
    if (typeof folders !== 'number') {
      return yield* fail('actAs', `${admin.user} for ${actingFor.mailbox}. To grant it:\n${grantAccess(admin, actingFor.mailbox)}`, folders)
    }
    const right = admin.access === 'impersonation' ? 'by the role ApplicationImpersonation' : 'by full access'
    yield { name: 'actAs', state: 'passed', detail: `${admin.user} for ${actingFor.mailbox}, ${right}` }
    yield {
      name: 'folders',
      state: 'passed',
      detail: `${folders} folder${folders === 1 ? '' : 's'} in the mailbox of ${actingFor.mailbox}`,
    }
  }
  yield listing
  const domains = await acceptedDomains(transport, acting)
  yield domains === undefined
    ? { name: 'acceptedDomains', state: 'skipped', detail: 'the server doesn’t tell' }
    : { name: 'acceptedDomains', state: 'passed', detail: domains.join(', ') }
  yield await checkTransfer(reaching, acting)
  return { ...(serverVersion !== '' && { serverVersion }), ...(domains !== undefined && { acceptedDomains: domains }) }
}

async function countFolders({ transport }: Reaching, call: TypedCall, { mailbox, access }: ActingFor): Promise<number> {
  const { result } = await typedCall(
    transport,
    call,
    (service, { FolderId, FolderTraversal, FolderView, Mailbox, WellKnownFolderName, PropertySet, BasePropertySet }) => {
      const view = new FolderView(1)
      view.Traversal = FolderTraversal.Deep
      view.PropertySet = new PropertySet(BasePropertySet.IdOnly)
      const root =
        access === 'impersonation'
          ? new FolderId(WellKnownFolderName.MsgFolderRoot)
          : new FolderId(WellKnownFolderName.MsgFolderRoot, new Mailbox(libraryText(mailbox)))
      return service.FindFolders(root, view)
    },
  )
  return result.TotalCount
}

const listing: Check = {
  name: 'listMailboxes',
  state: 'skipped',
  detail: `EWS can’t list mailboxes; the administrator can, in the Exchange Management Shell:\n${listMailboxes}`,
}

/** Asks to export an item that can't be: a server that knows the operation refuses the id, an older one the request, and one may deny it. */
async function checkTransfer({ transport }: Reaching, call: TypedCall): Promise<Check> {
  const code = await rawCall(transport, '<m:ExportItems><m:ItemIds><t:ItemId Id="AAAA"/></m:ItemIds></m:ExportItems>', call).then(
    message => textAt(message, 'ResponseCode') ?? '',
    (error: unknown) => {
      if (error instanceof EwsRefusal) return error.code
      throw error
    },
  )
  const meaning = meaningOf(code)
  return meaning === 'noOperation' || meaning === 'actAsDenied'
    ? { name: 'transfer', state: 'passed', detail: `MIME only: the server doesn’t let whole items be exported (${code})` }
    : { name: 'transfer', state: 'passed', detail: 'whole items, by ExportItems and UploadItems' }
}
