import type { ItemKey } from '../../domain/mail.ts'
import type { Folder, MailSession } from '../../servers/mailServer.ts'
import { contentPrint } from './contentPrint.ts'

const batch = { items: 50, bytes: 4_000_000, streamAbove: 3_000_000 }

/** Content prints of items (`contentPrint.ts`); those that are gone, can't be read or are no messages are left out. */
export async function readPrints(
  session: MailSession,
  folder: Folder,
  keys: readonly ItemKey[],
  signal: AbortSignal,
): Promise<Map<ItemKey, string>> {
  const prints = new Map<ItemKey, string>()
  if (keys.length === 0 || !session.traits.formats.includes('rfc822')) return prints
  for await (const items of session.read(folder, keys, { signal, format: 'rfc822', batch })) {
    for (const item of items) {
      if (!('content' in item)) continue
      prints.set(item.key, await contentPrint('chunks' in item.content ? item.content.chunks : item.content.stream))
    }
  }
  return prints
}
