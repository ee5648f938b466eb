import type { ItemInfo, ItemKey } from '../domain/mail.ts'
import type { ReadOptions } from './mailServer.ts'

/** Bytes of each item that is to be read: from the caller where he knows all, else from the server; 0 for what is gone. */
export async function sizesOf<Key extends ItemKey>(
  keys: readonly Key[],
  known: ReadOptions['sizeOf'],
  ask: () => Promise<ReadonlyMap<ItemKey, Pick<ItemInfo, 'size'>>>,
): Promise<(key: Key) => number> {
  if (known && keys.every(key => known(key) !== undefined)) return key => known(key) ?? 0
  const found = await ask()
  return key => found.get(key)?.size ?? 0
}
