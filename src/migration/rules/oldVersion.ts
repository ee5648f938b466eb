import type { ItemKey } from '../../domain/mail.ts'

/** Begins the key of a row whose item has a newer version now; no server gives such a key. */
const mark = '\u0002'

/**
 * The key under which the ledger keeps the copy of an earlier version of an item, where the target can't put new content into a copy: the newer version is
 * copied as an item of its own, and when that is done the older copy is removed, if nobody touched it.
 */
export const oldVersionKey = (key: ItemKey, version: string | undefined): string => `${mark}${version ?? ''}${mark}${key}`

/** The item's own key, of such a row's. */
export const currentKey = (key: ItemKey): string => String(key).slice(String(key).indexOf(mark, 1) + 1)

export const isOldVersion = (key: ItemKey): boolean => typeof key === 'string' && key.startsWith(mark)

/** Between these lie the old versions' keys, and no others, in the ledger's order. */
export const oldVersionKeys = { from: mark, to: '\u0003' } as const
