import type { Folder, WriteOptions } from '../../mailServer.ts'
import { messageFlag } from '../../mapi/flags.ts'
import type { XmlNode } from '../soap/node.ts'
import { properties } from '../soap/properties.ts'
import { askEach } from './askEach.ts'
import { extendedNumber, extendedText } from './extendedValues.ts'
import { changeKeyOf } from './itemInfo.ts'
import { suppressReadReceipt } from './operations.ts'
import { beforeDeadline, type SessionContext, sessionError } from './sessionContext.ts'

/** What has to be asked for, for `awaitsReceipt` to know. */
export const receiptProperties = [properties.messageFlags, properties.readReceiptRequested] as const

/** Whether reading or deleting an item may tell its sender. */
export const awaitsReceipt = (item: XmlNode): boolean =>
  extendedText(item, properties.readReceiptRequested) === 'true' &&
  ((extendedNumber(item, properties.messageFlags) ?? 0) & messageFlag.read) === 0

/**
 * Sees to it that nobody is told when these items are read or deleted. Exchange 2013 and later are told so with each request; earlier ones have a
 * response object for it ("SuppressReadReceipt"), whose refusal only says that no receipt is pending.
 */
export async function suppressReceipts(
  context: SessionContext,
  folder: Folder,
  items: ReadonlyMap<string, XmlNode>,
  options: WriteOptions,
): Promise<void> {
  if (context.version === 'Exchange2013') return
  const awaiting = [...items].filter(([, item]) => awaitsReceipt(item)).map(([id]) => id)
  const about = { operation: 'CreateItem', folder }
  await askEach(context, awaiting, {
    ...about,
    signal: options.signal,
    most: 100,
    beforeSend: beforeDeadline(context, options),
    body: ids =>
      suppressReadReceipt(
        ids.map(id => {
          const changeKey = changeKeyOf(items.get(id))
          return { id, ...(changeKey !== undefined && { changeKey }) }
        }),
      ),
    answered(_key, _message, trouble) {
      const settled = trouble === undefined || trouble.code === 'ErrorReadReceiptNotPending' || trouble.meaning === 'itemGone'
      if (!settled) throw sessionError(context, about, trouble)
    },
  })
}
