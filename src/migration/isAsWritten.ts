import type { ItemInfo } from '../domain/mail.ts'

/**
 * Whether an item on the target still is what was written: size, where the target tells it exactly (the ledger has the bytes that were written), and received date, which servers keep to
 * the second. Flags are not compared: a person may have read the message meanwhile.
 */
export const isAsWritten = (
  written: Pick<ItemInfo, 'size' | 'received'>,
  found: Pick<ItemInfo, 'size' | 'received'> | undefined,
  exactSizes: boolean,
): boolean => found !== undefined && (!exactSizes || found.size === written.size) && Math.abs(found.received - written.received) < 1000
