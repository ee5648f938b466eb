import type { ItemKey } from '../../../domain/mail.ts'
import type { FlagsToSet, Folder, Placed, WriteOptions } from '../../mailServer.ts'
import { itemFlags, sameFlags, shownFlags } from '../../mapi/flags.ts'
import { eachMessage } from './eachMessage.ts'
import { flagsChange, type MessageChange } from './messageChange.ts'
import { flagsOf, type Message } from './messageInfo.ts'
import { suppressReceipts } from './receipts.ts'
import { holdsMessages, type SessionContext, throwIfStopped } from './sessionContext.ts'
import { updateMessages } from './updateMessages.ts'

/**
 * Sets flags of messages; keys that are gone, or have other flags than expected, are left out, as are items of other classes, which the import and export API
 * doesn't change.
 */
export async function setFlags(
  context: SessionContext,
  folder: Folder,
  changes: readonly FlagsToSet[],
  options: WriteOptions,
): Promise<Map<ItemKey, Placed>> {
  throwIfStopped(options.signal, 'setting flags')
  if (changes.length === 0 || !holdsMessages(context, folder)) return new Map()
  const now = new Map<string, Message>()
  const keys = changes.map(({ key }) => key)
  await eachMessage(context, { folder, keys, signal: options.signal }, (key, message) => now.set(key, message))

  const wanted = new Map<string, MessageChange>()
  const placed = new Map<ItemKey, Placed>()
  for (const { key, flags, expected } of changes) {
    const message = now.get(String(key))
    if (!message || (expected && !sameFlags(flagsOf(message), expected))) continue
    const change = flagsChange(flagsOf(message), flags)
    if (change) wanted.set(message.id, change)
    else placed.set(key, placedAs(message, flagsOf(message), flags))
  }
  const read = new Map([...now].filter(([id]) => wanted.get(id)?.isRead === true))
  await suppressReceipts(context, read, options)
  const updated = await updateMessages(context, wanted, options)
  for (const { key, flags } of changes) {
    const message = updated.get(String(key))
    // An answer shows no property that isn't asked for, and a change can't ask.
    if (message) placed.set(key, placedAs(message, shownFlags({ ...itemFlags(flags), draft: message.isDraft === true }), flags))
  }
  return placed
}

const placedAs = ({ changeKey }: Message, has: readonly string[], wanted: readonly string[]): Placed => ({
  ...(!sameFlags(has, wanted) && { flags: has }),
  ...(changeKey != null && { version: changeKey }),
})
