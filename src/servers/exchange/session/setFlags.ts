import type { ItemKey } from '../../../domain/mail.ts'
import type { FlagsToSet, Folder, Placed, WriteOptions } from '../../mailServer.ts'
import { itemFlags, sameFlags, shownFlags } from '../../mapi/flags.ts'
import type { XmlNode } from '../soap/node.ts'
import { flagsOf } from './flags.ts'
import { eachItem } from './infos.ts'
import { flagsChange } from './itemChanges.ts'
import { changeKeyOf, infoProperties } from './itemInfo.ts'
import { receiptProperties, suppressReceipts } from './receipts.ts'
import { asItemId, type SessionContext, throwIfStopped } from './sessionContext.ts'
import { updateItems } from './updateItems.ts'

/** Sets flags as far as Exchange has them, where the item still has exactly those expected; nobody is told that mail was read. */
export async function setFlags(
  context: SessionContext,
  folder: Folder,
  changes: readonly FlagsToSet[],
  options: WriteOptions,
): Promise<Map<ItemKey, Placed>> {
  throwIfStopped(options.signal, 'setting flags')
  const wanted = new Map(changes.map(change => [asItemId(change.key), change]))
  const now = new Map<string, XmlNode>()
  const asked = { folder, keys: [...wanted.keys()], signal: options.signal, wanted: [...infoProperties, ...receiptProperties] }
  await eachItem(context, asked, (key, item) => now.set(key, item))

  const set = new Map<ItemKey, Placed>()
  const updates = new Map<string, string>()
  for (const [key, item] of now) {
    const change = wanted.get(key)
    const before = flagsOf(item)
    if (!change || (change.expected && !sameFlags(change.expected, before))) continue
    const update = flagsChange(key, item, before, change.flags)
    if (update !== undefined) updates.set(key, update)
    else set.set(key, told(change, before, changeKeyOf(item)))
  }
  const toRead = new Map([...now].filter(([key]) => updates.has(key) && wanted.get(key)?.flags.includes('\\Seen')))
  await suppressReceipts(context, folder, toRead, options)
  for (const [key, { version }] of await updateItems(context, folder, updates, options)) {
    const change = wanted.get(key)
    const item = now.get(key)
    if (change && item) set.set(key, told(change, flagsOf(item), version))
  }
  return set
}

/** What an item came to have: what Exchange can have of the flags wanted; a draft is one or not for ever. */
function told({ flags }: FlagsToSet, before: readonly string[], version: string | undefined): Placed {
  const taken = shownFlags({ ...itemFlags(flags), draft: before.includes('\\Draft') })
  return { ...(!sameFlags(taken, flags) && { flags: taken }), ...(version !== undefined && { version }) }
}
