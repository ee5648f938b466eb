import { isError } from '../../../domain/errors.ts'
import type { ItemKey } from '../../../domain/mail.ts'
import type { Folder, OutgoingItem, WriteOptions, WriteResult } from '../../mailServer.ts'
import { remove } from './remove.ts'
import { asItemId, type SessionContext, throwIfStopped } from './sessionContext.ts'
import { write } from './write.ts'

type Replacing = OutgoingItem & { readonly key: ItemKey }

/**
 * Puts new content into items of ours. Exchange's stream goes into the item, which keeps its id. MIME can't: an update adds its recipients and attachments to
 * those there are. So a new item is made, and then the old one deleted, recoverably; interrupted in between there are both, never none.
 */
export async function replace(
  context: SessionContext,
  folder: Folder,
  items: readonly Replacing[],
  isDeletedItems: boolean,
  options: WriteOptions,
): Promise<readonly WriteResult[]> {
  throwIfStopped(options.signal, 'replacing')
  const keys = new Map<OutgoingItem, string>(items.map(item => [item, asItemId(item.key)]))
  const results = await write({ context, folder, options, replaced: item => keys.get(item) }, items)
  const outdated = items.filter((item, index) => item.format === 'rfc822' && results[index]?.state === 'written').map(({ key }) => key)
  if (outdated.length > 0) {
    try {
      await remove(context, folder, outdated, isDeletedItems, options)
    } catch (thrown) {
      if (!isError(thrown)) throw thrown
      // The new ones are there; to say otherwise would have them written once more.
    }
  }
  return results
}
