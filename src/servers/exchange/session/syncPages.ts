import { MailferryError } from '../../../domain/errors.ts'
import type { Folder } from '../../mailServer.ts'
import { descend, textAt, type XmlNode } from '../soap/node.ts'
import { troubleOfMessage } from '../soap/trouble.ts'
import { ask } from './ask.ts'
import { idOf, infoProperties, itemWithin } from './itemInfo.ts'
import { syncFolderItems } from './operations.ts'
import { requestOf, type SessionContext } from './sessionContext.ts'

/** One page of a folder's changes. */
export interface SyncPage {
  readonly created: readonly XmlNode[]
  readonly updated: readonly XmlNode[]
  /** Only their read state is another. */
  readonly read: readonly string[]
  readonly deleted: readonly string[]
  /** To go on from. */
  readonly syncState: string
}

/** Exchange doesn't know the state that it gave once, or can't use it any more. */
export class SyncStateLost extends Error {}

/** Pages without any change that are believed in a row: a server that goes on like that would never end. */
const emptyPages = 20

/** A folder's changes since a state, or all its items without one, page by page. Associated items (views, rules) are no mail and never among them. */
export async function* syncPages(
  context: SessionContext,
  folder: Folder,
  state: string | undefined,
  signal: AbortSignal,
): AsyncGenerator<SyncPage> {
  const about = { operation: 'SyncFolderItems', folder, signal }
  let empty = 0
  for (let from = state; ; ) {
    const body = requestOf(context, [syncFolderItems({ folder: folder.id, state: from, wanted: infoProperties })])
    const [message] = await ask(context, { ...about, body }, ({ meaning }) => meaning === 'syncStateLost' && from !== undefined)
    if (message && troubleOfMessage(message)) throw new SyncStateLost()
    const syncState = textAt(message, 'SyncState')
    if (syncState === undefined || syncState === '')
      throw new MailferryError('server.protocol', { host: context.host, detail: 'SyncFolderItems gave no sync state' })
    const last = textAt(message, 'IncludesLastItemInRange') !== 'false'
    const changes = descend(message, 'Changes')
    yield { ...sorted(changes), syncState }
    if (last) return
    empty = changes && changes.children.length > 0 ? 0 : empty + 1
    if (empty > emptyPages)
      throw new MailferryError('server.protocol', {
        host: context.host,
        detail: 'SyncFolderItems says again and again that there is more, and gives none',
      })
    if (syncState === from)
      throw new MailferryError('server.protocol', { host: context.host, detail: 'SyncFolderItems gives the same page again' })
    from = syncState
  }
}

function sorted(changes: XmlNode | undefined): Omit<SyncPage, 'syncState'> {
  const page = { created: [] as XmlNode[], updated: [] as XmlNode[], read: [] as string[], deleted: [] as string[] }
  for (const change of changes?.children ?? []) {
    const item = itemWithin(change)
    const id = idOf(change)
    if (change.name === 'Create' && item) page.created.push(item)
    else if (change.name === 'Update' && item) page.updated.push(item)
    else if (change.name === 'ReadFlagChange' && id !== undefined) page.read.push(id)
    else if (change.name === 'Delete' && id !== undefined) page.deleted.push(id)
  }
  return page
}
