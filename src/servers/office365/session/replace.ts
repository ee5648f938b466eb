import { isError } from '../../../domain/errors.ts'
import type { ItemKey } from '../../../domain/mail.ts'
import type { Folder, OutgoingItem, WriteOptions, WriteResult } from '../../mailServer.ts'
import type { Replaced } from './importItem.ts'
import { infos } from './infos.ts'
import { remove } from './remove.ts'
import { asItemId, type SessionContext, throwIfStopped } from './sessionContext.ts'
import { write } from './write.ts'
import { writeComplete } from './writeComplete.ts'

type Replacing = OutgoingItem & { readonly key: ItemKey }

/**
 * Puts new content into items of ours. A complete stream goes into the item, which keeps its id; one that is gone meanwhile is made anew. A message of MIME can't
 * be changed once it is no draft: so a new one is made, and then the old one deleted, recoverably; interrupted in between there are both, never none.
 */
export async function replace(
  context: SessionContext,
  folder: Folder,
  items: readonly Replacing[],
  isDeletedItems: boolean,
  options: WriteOptions,
): Promise<readonly WriteResult[]> {
  throwIfStopped(options.signal, 'replacing')
  const writing = { context, folder, options }
  const complete = items.filter(({ format }) => format !== 'rfc822')
  const now = await infos(
    context,
    folder,
    complete.map(({ key }) => key),
    options.signal,
  )
  const places = new Map<OutgoingItem, Replaced>(
    complete.flatMap(item => {
      const changeKey = now.get(item.key)?.version
      return changeKey === undefined ? [] : [[item, { id: asItemId(item.key), changeKey }] as const]
    }),
  )
  const results = await writeComplete(writing, complete, item => places.get(item))
  const messages = items.filter(({ format }) => format === 'rfc822')
  for (const [index, result] of (await write(writing, messages)).entries()) {
    const item = messages[index]
    if (item) results.set(item, result)
  }
  const outdated = messages.filter(item => results.get(item)?.state === 'written').map(({ key }) => key)
  if (outdated.length > 0) {
    try {
      await remove(context, folder, outdated, isDeletedItems, options)
    } catch (thrown) {
      if (!isError(thrown)) throw thrown
      // The new ones are there; to say otherwise would have them written once more.
    }
  }
  return items.flatMap(item => results.get(item) ?? [])
}
