import type { Folder } from '../../mailServer.ts'
import { whatItHolds } from '../../mapi/folderTree.ts'
import { holdsMessages, type SessionContext } from './sessionContext.ts'

/**
 * What the port tells of any folder of a mailbox or its archive. `type`: its class, as the import and export API has it. That API has no move, and the mail API moves messages
 * only; in an archive, it gives and takes items as they are, and no messages.
 */
export function folderOf(
  { mail }: Pick<SessionContext, 'mail'>,
  folder: Pick<Folder, 'id' | 'path' | 'role' | 'count' | 'next'>,
  type: string | undefined,
): Folder {
  const holds = whatItHolds(type)
  return {
    ...folder,
    ...holds,
    ...(!mail && { onlyWhole: true }),
    ...(!holdsMessages({ mail }, holds) && { movesAmong: folder.id }),
    selectable: true,
    subscribed: true,
    validity: folder.id,
  }
}
