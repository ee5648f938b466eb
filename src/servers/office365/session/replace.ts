import type { ItemKey } from '../../../domain/mail.ts'
import type { Folder, OutgoingItem, WriteOptions, WriteResult } from '../../mailServer.ts'
import type { Replaced } from './importItem.ts'
import { infos } from './infos.ts'
import { asItemId, type SessionContext, throwIfStopped } from './sessionContext.ts'
import { writeComplete } from './writeComplete.ts'

type Replacing = OutgoingItem & { readonly key: ItemKey }

/** Puts new complete streams into items of ours, which keep their ids; one that is gone meanwhile is made anew. A message of MIME can't be changed once it is no draft. */
export async function replace(
  context: SessionContext,
  folder: Folder,
  items: readonly Replacing[],
  options: WriteOptions,
): Promise<readonly WriteResult[]> {
  throwIfStopped(options.signal, 'replacing')
  const now = await infos(
    context,
    folder,
    items.map(({ key }) => key),
    options.signal,
  )
  const places = new Map<OutgoingItem, Replaced>(
    items.flatMap(item => {
      const changeKey = now.get(item.key)?.version
      return changeKey === undefined ? [] : [[item, { id: asItemId(item.key), changeKey }] as const]
    }),
  )
  const results = await writeComplete({ context, folder, options }, items, item => places.get(item))
  return items.flatMap(item => results.get(item) ?? [])
}
