import type { Folder, Placed, WriteOptions } from '../../mailServer.ts'
import { descend, type XmlNode } from '../soap/node.ts'
import type { Trouble } from '../soap/trouble.ts'
import { askEach } from './askEach.ts'
import { inChunks } from './inChunks.ts'
import { changeKeyOf, itemWithin } from './itemInfo.ts'
import { updateItem } from './operations.ts'
import { beforeDeadline, type SessionContext, sessionError } from './sessionContext.ts'

/** Items of one request. */
const itemsAtOnce = 200

/**
 * Carries out a `t:ItemChange` for each item, without telling anybody. May be done twice, so what had no answer is sent again. Answers what the
 * items are since, without those that are gone or, because they can't be changed, refused.
 */
export async function updateItems(
  context: SessionContext,
  folder: Folder,
  changes: ReadonlyMap<string, string>,
  options: WriteOptions,
): Promise<Map<string, Placed>> {
  const about = { operation: 'UpdateItem', folder }
  const updated = new Map<string, Placed>()
  await inChunks([...changes.keys()], itemsAtOnce, some =>
    askEach(context, some, {
      ...about,
      signal: options.signal,
      most: itemsAtOnce,
      beforeSend: beforeDeadline(context, options),
      body: ids =>
        updateItem({
          changes: ids.map(id => changes.get(id) ?? ''),
          suppressReadReceipts: context.version === 'Exchange2013',
        }),
      answered(key, message, trouble) {
        if (trouble && concernsItem(trouble)) return
        if (trouble) throw sessionError(context, about, trouble)
        updated.set(key, placed(message))
      },
    }),
  )
  return updated
}

const concernsItem = ({ meaning }: Trouble): boolean =>
  meaning === undefined || meaning === 'itemGone' || meaning === 'itemBroken' || meaning === 'itemTooLarge' || meaning === 'conflict'

function placed(message: XmlNode): Placed {
  const version = changeKeyOf(itemWithin(descend(message, 'Items')))
  return version === undefined ? {} : { version }
}
