import type { ItemKey } from '../../../domain/mail.ts'
import type { Folder, WriteOptions } from '../../mailServer.ts'
import type { XmlNode } from '../soap/node.ts'
import { askEach } from './askEach.ts'
import { eachItem } from './infos.ts'
import { deleteItem } from './operations.ts'
import { receiptProperties, suppressReceipts } from './receipts.ts'
import { asItemId, beforeDeadline, type SessionContext, sessionError, throwIfStopped } from './sessionContext.ts'

const itemsAtOnce = 100

/**
 * Deletes items so that their owner can get them back: to the deleted items, from there to the recoverable ones. Neither senders nor attendees
 * are told. Answers those that are gone because of it.
 */
export async function remove(
  context: SessionContext,
  folder: Folder,
  keys: readonly ItemKey[],
  isDeletedItems: boolean,
  options: WriteOptions,
): Promise<Set<ItemKey>> {
  throwIfStopped(options.signal, 'deleting')
  const there = new Map<string, XmlNode>()
  await eachItem(context, { folder, keys, signal: options.signal, wanted: receiptProperties }, (key, item) => there.set(key, item))
  await suppressReceipts(context, folder, there, options)
  const about = { operation: 'DeleteItem', folder }
  const removed = new Set<ItemKey>()
  await askEach(context, [...there.keys()].map(asItemId), {
    ...about,
    signal: options.signal,
    most: itemsAtOnce,
    beforeSend: beforeDeadline(context, options),
    body: ids =>
      deleteItem({
        ids,
        to: isDeletedItems ? 'SoftDelete' : 'MoveToDeletedItems',
        suppressReadReceipts: context.version === 'Exchange2013',
      }),
    answered(key, _message, trouble) {
      // It was there a moment ago: gone by an attempt whose answer was lost, or by somebody else, which is the same to the caller.
      if (trouble && trouble.meaning !== 'itemGone') throw sessionError(context, about, trouble)
      removed.add(key)
    },
  })
  return removed
}
