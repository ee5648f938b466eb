import type { WriteOptions } from '../../mailServer.ts'
import type { Message } from './messageInfo.ts'
import type { SessionContext } from './sessionContext.ts'
import { updateMessages } from './updateMessages.ts'

/** Whether reading or deleting a message may tell its sender. */
export const awaitsReceipt = (message: Message): boolean => message.isReadReceiptRequested === true && message.isRead !== true

/**
 * Sees to it that nobody is told when these messages are read or deleted. Graph has no way to say so with the change itself; that a receipt is
 * requested, though, can be taken back before ("message-update").
 */
export async function suppressReceipts(
  context: SessionContext,
  messages: ReadonlyMap<string, Message>,
  options: WriteOptions,
): Promise<void> {
  const awaiting = [...messages]
    .filter(([, message]) => awaitsReceipt(message))
    .map(([id]) => [id, { isReadReceiptRequested: false as const }] as const)
  if (awaiting.length > 0) await updateMessages(context, new Map(awaiting), options)
}
