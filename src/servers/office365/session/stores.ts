import { graphPath } from '../graph/graphPath.ts'
import { inBeta } from '../graph/inBeta.ts'
import { createImportAddress } from './importAddress.ts'
import type { SessionContext } from './sessionContext.ts'

/** Where each folder's items are: in the mailbox, in its archive, or in a store that the archive was expanded into. */
export interface Stores {
  /** Of a folder's id. The mailbox, unless it was told otherwise. */
  of(folder: string): SessionContext
  add(folder: string, context: SessionContext): void
  /** The requests about one of the archive's stores, by its id. */
  archive(mailboxId: string): SessionContext
  /** The same by `parentMailboxUrl`, which is to be taken as it comes ("mailboxFolder"). Throws `server.protocol` where that is no address of the same Graph. */
  at(url: string): SessionContext
}

/** Requests about archives go to Graph's beta version, and each store takes items at an address of its own. */
export function createStores(mailbox: SessionContext): Stores {
  const known = new Map<string, SessionContext>()
  const archives = new Map<string, SessionContext>()
  const transport = inBeta(mailbox.transport)
  const atPath = (store: string): SessionContext => {
    const key = decodeURIComponent(store)
    const context = archives.get(key) ?? { ...mailbox, transport, store, mail: false, importAddress: createImportAddress() }
    archives.set(key, context)
    return context
  }
  return {
    of: folder => known.get(folder) ?? mailbox,
    add: (folder, context) => void known.set(folder, context),
    archive: mailboxId => atPath(`/admin/exchange/mailboxes/${encodeURIComponent(mailboxId)}`),
    at: url => atPath(graphPath(`https://${mailbox.host}`, { path: url, version: 'beta' })),
  }
}
