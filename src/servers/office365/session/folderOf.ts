import type { Folder } from '../../mailServer.ts'
import { whatItHolds } from '../../mapi/folderTree.ts'
import { holdsMessages } from './sessionContext.ts'

/** What the port tells of any folder of a mailbox. `type`: its class, as the import and export API has it. That API has no move, and the mail API moves messages only. */
export function folderOf(folder: Pick<Folder, 'id' | 'path' | 'role' | 'count' | 'next'>, type: string | undefined): Folder {
  const holds = whatItHolds(type)
  return {
    ...folder,
    ...holds,
    ...(!holdsMessages(holds) && { movesAmong: folder.id }),
    selectable: true,
    subscribed: true,
    validity: folder.id,
  }
}
