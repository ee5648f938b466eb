import type { ItemKey } from '../../../domain/mail.ts'
import type { Folder, WriteOptions } from '../../mailServer.ts'
import { askEach } from './askEach.ts'
import { eachMailboxItem, eachMessage } from './eachMessage.ts'
import type { Message } from './messageInfo.ts'
import { move } from './move.ts'
import { suppressReceipts } from './receipts.ts'
import {
  beforeDeadline,
  holdsMessages,
  isGone,
  itemsIn,
  messagePath,
  type SessionContext,
  sessionError,
  throwIfStopped,
} from './sessionContext.ts'

/**
 * Deletes items so that their owner can get them back: messages to the deleted items, from there to the recoverable ones; items of other classes to the
 * recoverable ones at once, which is all that the import and export API offers. Never for good. No sender is told. Answers those that are gone because of it.
 */
export async function remove(
  context: SessionContext,
  folder: Folder,
  keys: readonly ItemKey[],
  isDeletedItems: boolean,
  options: WriteOptions,
): Promise<Set<ItemKey>> {
  throwIfStopped(options.signal, 'deleting')
  const asked = { folder, keys, signal: options.signal }
  if (!holdsMessages(context, folder)) {
    const there: string[] = []
    await eachMailboxItem(context, asked, key => there.push(key))
    return deleteEach(context, there, id => `${itemsIn(context, folder)}/${encodeURIComponent(id)}?disposalType=softDelete`, options)
  }
  const there = new Map<string, Message>()
  await eachMessage(context, asked, (key, message) => there.set(key, message))
  await suppressReceipts(context, there, options)
  if (isDeletedItems) return deleteEach(context, [...there.keys()], id => messagePath(context, id), options)
  return new Set((await move(context, folder, [...there.keys()], { id: 'deleteditems' }, options)).keys())
}

async function deleteEach(
  context: SessionContext,
  ids: readonly string[],
  path: (id: string) => string,
  options: WriteOptions,
): Promise<Set<ItemKey>> {
  const operation = 'DELETE'
  const removed = new Set<ItemKey>()
  await askEach(context, ids, {
    operation,
    signal: options.signal,
    beforeSend: beforeDeadline(context, options),
    request: id => ({ method: 'DELETE', path: path(id) }),
    answered(key, response) {
      // It was there a moment ago: gone by an attempt whose answer was lost, or by somebody else, which is the same to the caller.
      if (response.error && !isGone(response)) throw sessionError(context, { operation }, response)
      removed.add(key)
    },
  })
  return removed
}
