import type { ItemKey } from '../../../domain/mail.ts'
import type { Folder, Placed, WriteOptions } from '../../mailServer.ts'
import { markerChange } from './itemChanges.ts'
import { asItemId, type SessionContext, throwIfStopped } from './sessionContext.ts'
import { updateItems } from './updateItems.ts'

/** Gives items of ours their marker, which Exchange's own stream can't carry for the item it makes. */
export async function stamp(
  context: SessionContext,
  folder: Folder,
  items: readonly { readonly key: ItemKey; readonly marker: string }[],
  options: WriteOptions,
): Promise<Map<ItemKey, Placed>> {
  throwIfStopped(options.signal, 'marking')
  const changes = new Map(items.map(({ key, marker }) => [asItemId(key), markerChange(asItemId(key), marker)]))
  return new Map<ItemKey, Placed>(await updateItems(context, folder, changes, options))
}
