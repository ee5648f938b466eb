import type { Identified, Matches } from './matchItems.ts'
import { matchItems } from './matchItems.ts'

/** `digest`: SHA-256 of the bytes. */
export interface Digested extends Identified {
  readonly digest: Uint8Array | undefined
}

/** `fingerprint`: hash of the canonical headers (`domain/fingerprint.ts`). */
export interface Fingerprinted extends Identified {
  readonly fingerprint: string | undefined
}

/** Servers keep the received date in whole seconds (RFC 9051, `date-time`). */
export const second = 1000

const hex = (bytes: Uint8Array): string => Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')

/**
 * For resolving intents: which of the items found in the target folder since are the ones we were about to write. Same size, same bytes,
 * received dates at most `tolerance` milliseconds apart. An item whose digest isn't known has no partner.
 */
export const matchByDigest = <Wanted extends Digested, Found extends Digested>(
  wanted: readonly Wanted[],
  found: readonly Found[],
  tolerance = second,
): Matches<Wanted, Found> =>
  matchItems(wanted, found, { identity: item => (item.digest === undefined ? undefined : `${item.size} ${hex(item.digest)}`), tolerance })

/** Which items could be the same ones, before any is read: same size and date. Those in `missing` certainly are not there. */
export const matchBySize = <Wanted extends Identified, Found extends Identified>(
  wanted: readonly Wanted[],
  found: readonly Found[],
  tolerance = second,
): Matches<Wanted, Found> => matchItems(wanted, found, { identity: item => String(item.size), tolerance })

/**
 * For *adopt* and a changed UIDVALIDITY: partners have the same fingerprint. Size and received date are hints only (Exchange's sizes are
 * approximate, other tools lose the date): among equal fingerprints those that agree in both are matched first, then those of the same size, then the rest.
 */
export const matchByFingerprint = <Wanted extends Fingerprinted, Found extends Fingerprinted>(
  wanted: readonly Wanted[],
  found: readonly Found[],
): Matches<Wanted, Found> => {
  const sized = (item: Fingerprinted): string | undefined =>
    item.fingerprint === undefined ? undefined : `${item.size} ${item.fingerprint}`
  const alike = matchItems(wanted, found, { identity: sized, tolerance: second })
  const sameSize = matchItems(alike.missing, alike.extra, { identity: sized, tolerance: Number.POSITIVE_INFINITY })
  const rest = matchItems(sameSize.missing, sameSize.extra, { identity: item => item.fingerprint, tolerance: Number.POSITIVE_INFINITY })
  return { pairs: [...alike.pairs, ...sameSize.pairs, ...rest.pairs], missing: rest.missing, extra: rest.extra }
}
