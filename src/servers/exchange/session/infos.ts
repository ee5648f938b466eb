import type { ItemInfo, ItemKey } from '../../../domain/mail.ts'
import type { Folder } from '../../mailServer.ts'
import { descend, type XmlNode } from '../soap/node.ts'
import { askEach } from './askEach.ts'
import { inChunks } from './inChunks.ts'
import { infoProperties, itemInfo, itemWithin } from './itemInfo.ts'
import { getItem, type Property } from './operations.ts'
import { asItemId, type SessionContext, sessionError } from './sessionContext.ts'

/** Items of one request for a few properties. */
const itemsAtOnce = 500

/** What the server knows of these items now; those that are gone are left out. Of one that it can't describe no more is told than that it is there. */
export async function infos(
  context: SessionContext,
  folder: Folder,
  keys: readonly ItemKey[],
  signal: AbortSignal,
): Promise<Map<ItemKey, ItemInfo>> {
  const found = new Map<ItemKey, ItemInfo>()
  await eachItem(
    context,
    { folder, keys, signal, wanted: infoProperties },
    (key, item) => {
      const info = itemInfo(item)
      if (info) found.set(key, { ...info, key })
    },
    key => found.set(key, { key, size: 0, received: 0, flags: [] }),
  )
  return found
}

export interface ItemsAsked {
  readonly folder: Folder
  readonly keys: readonly ItemKey[]
  readonly signal: AbortSignal
  readonly wanted: readonly Property[]
}

/**
 * Tells of each item that is still there; a damaged one goes to `refused`, or ends it all where nobody wants to know.
 */
export async function eachItem(
  context: SessionContext,
  { folder, keys, signal, wanted }: ItemsAsked,
  found: (key: string, item: XmlNode) => void,
  refused?: (key: string) => void,
): Promise<void> {
  const about = { operation: 'GetItem', folder }
  await inChunks(keys.map(asItemId), itemsAtOnce, some =>
    askEach(context, some, {
      ...about,
      signal,
      most: itemsAtOnce,
      body: ids => getItem(ids, wanted),
      answered(key, message, trouble) {
        if (trouble?.meaning === 'itemGone') return
        const item = itemWithin(descend(message, 'Items'))
        if (item && !trouble) return found(key, item)
        const error = sessionError(context, about, trouble ?? { code: 'no item', meaning: undefined })
        if (!refused || error.code !== 'item.unreadable') throw error
        refused(key)
      },
    }),
  )
}
