import type { ItemInfo, ItemKey } from '../../../domain/mail.ts'
import type { Folder } from '../../mailServer.ts'
import { eachMailboxItem, eachMessage } from './eachMessage.ts'
import { beside, mailboxItemInfo } from './mailboxItemInfo.ts'
import { messageInfo } from './messageInfo.ts'
import { holdsMessages, type SessionContext } from './sessionContext.ts'

/**
 * What the server knows of these items now; those that are gone are left out, as are messages that are in another of the `folders`: their ids find them there too. Of one that it can't describe no more is told than that it is there.
 */
export async function infos(
  context: SessionContext,
  folder: Folder,
  keys: readonly ItemKey[],
  signal: AbortSignal,
  folders: readonly Folder[] = [],
): Promise<Map<ItemKey, ItemInfo>> {
  const found = new Map<ItemKey, ItemInfo>()
  const asked = { folder, keys, signal, unanswerable: (key: string) => void found.set(key, { key, size: 0, received: 0, flags: [] }) }
  const others = new Set(folders.map(({ id }) => id).filter(id => id !== folder.id))
  if (holdsMessages(context, folder))
    await eachMessage(context, asked, (key, message) => {
      if (!others.has(message.parentFolderId ?? '')) found.set(key, { ...messageInfo(message), key })
    })
  else await eachMailboxItem(context, asked, (key, item) => found.set(key, { ...mailboxItemInfo(item), key }), beside(context))
  return found
}
