import type { ItemInfo } from '../domain/mail.ts'

/**
 * Whether an item on the target still is what was written: size, where the target tells it exactly (the ledger has the bytes that were written), and received date, which servers keep to
 * the second; an item that has none is only to be there. Flags are not compared: a person may have read the message meanwhile.
 */
export const isAsWritten = (
  written: Pick<ItemInfo, 'size' | 'received'>,
  found: Pick<ItemInfo, 'size' | 'received' | 'undated'> | undefined,
  exactSizes: boolean,
): boolean =>
  found !== undefined &&
  (!exactSizes || found.size === written.size) &&
  (found.undated === true || Math.abs(found.received - written.received) < 1000)
