import { isError } from '../../../domain/errors.ts'
import type { OutgoingItem, WriteResult } from '../../mailServer.ts'
import { sameFlags } from '../../mapi/flags.ts'
import { infos } from './infos.ts'
import { setFlags } from './setFlags.ts'
import type { Writing } from './writing.ts'

/**
 * Exchange's stream brings the flags along that the source item had when it was read; the item it was put into is to have those that were recorded.
 * Compared with what the item has now, and set where they differ. The items are written, so trouble here is none of theirs: then what they have is
 * found by the next look at them.
 */
export async function alignFlags(
  { context, folder, options }: Writing,
  items: readonly OutgoingItem[],
  results: readonly WriteResult[],
): Promise<readonly WriteResult[]> {
  const written = items.flatMap((item, index) => {
    const result = results[index]
    return result?.state === 'written' && result.key !== undefined ? [{ index, item, result, key: result.key }] : []
  })
  if (written.length === 0) return results
  try {
    const now = await infos(
      context,
      folder,
      written.map(({ key }) => key),
      options.signal,
    )
    const different = written.filter(({ item, key }) => !sameFlags(now.get(key)?.flags ?? item.info.flags, item.info.flags))
    const set = await setFlags(
      context,
      folder,
      different.map(({ item, key }) => ({ key, flags: item.info.flags })),
      options,
    )
    const aligned = [...results]
    for (const { index, item, result, key } of written) {
      const info = now.get(key)
      const { flags = item.info.flags, version = info?.version } = set.get(key) ?? { flags: info?.flags }
      const { flags: _guessed, ...rest } = result
      aligned[index] = {
        ...rest,
        ...(!sameFlags(flags, item.info.flags) && { flags }),
        ...(version !== undefined && { version }),
      }
    }
    return aligned
  } catch (thrown) {
    if (!isError(thrown)) throw thrown
    return results
  }
}
