import type { Fingerprint } from '../../domain/fingerprint.ts'
import type { Identified, Matches } from './matchItems.ts'
import { matchItems } from './matchItems.ts'

/** `digest`: SHA-256 of the bytes. */
export interface Digested extends Identified {
  readonly digest: Uint8Array | undefined
}

export interface Fingerprinted extends Identified {
  readonly fingerprint: Fingerprint | undefined
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
 * For *adopt* and a changed UIDVALIDITY: partners have the same exact fingerprint. Size and received date are hints only (Exchange's sizes are
 * approximate, other tools lose the date): among equal fingerprints those that agree in both are matched first, then those of the same size, then the rest.
 *
 * `loosely`: one of the sides writes headers anew, so what is left over is matched by its loose fingerprint too.
 */
export const matchByFingerprint = <Wanted extends Fingerprinted, Found extends Fingerprinted>(
  wanted: readonly Wanted[],
  found: readonly Found[],
  loosely = false,
): Matches<Wanted, Found> => {
  const exact = ({ fingerprint }: Fingerprinted): string | undefined => fingerprint?.exact
  const sized = (item: Fingerprinted): string | undefined => item.fingerprint && `${item.size} ${item.fingerprint.exact}`
  const alike = matchItems(wanted, found, { identity: sized, tolerance: second })
  const sameSize = matchItems(alike.missing, alike.extra, { identity: sized, tolerance: Number.POSITIVE_INFINITY })
  const rest = matchItems(sameSize.missing, sameSize.extra, { identity: exact, tolerance: Number.POSITIVE_INFINITY })
  const loose = loosely ? matchLoosely(rest.missing, rest.extra) : { ...rest, pairs: [] }
  return { pairs: [...alike.pairs, ...sameSize.pairs, ...rest.pairs, ...loose.pairs], missing: loose.missing, extra: loose.extra }
}

/**
 * Only where there are as many of a loose fingerprint on one side as on the other: of two different mails that it can't tell apart and one copy, nobody knows
 * whose copy it is.
 */
const matchLoosely = <Wanted extends Fingerprinted, Found extends Fingerprinted>(
  wanted: readonly Wanted[],
  found: readonly Found[],
): Matches<Wanted, Found> => {
  const [ours, theirs] = [countLoose(wanted), countLoose(found)]
  const identity = ({ fingerprint }: Fingerprinted): string | undefined =>
    fingerprint?.loose !== undefined && ours.get(fingerprint.loose) === theirs.get(fingerprint.loose) ? fingerprint.loose : undefined
  return matchItems(wanted, found, { identity, tolerance: Number.POSITIVE_INFINITY })
}

/** How often each loose fingerprint occurs. */
export const countLoose = (items: Iterable<Fingerprinted>): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>()
  for (const { fingerprint } of items)
    if (fingerprint?.loose !== undefined) counts.set(fingerprint.loose, (counts.get(fingerprint.loose) ?? 0) + 1)
  return counts
}

/** Our marker, by which an item is known for certain whatever became of its bytes. */
export interface Marked extends Identified {
  readonly marker?: string | undefined
}

/** Partners have the same marker. People's copies of an item carry it too, so the first of several found ones is taken. */
export const matchByMarker = <Wanted extends Marked, Found extends Marked>(
  wanted: readonly Wanted[],
  found: readonly Found[],
): Matches<Wanted, Found> => matchItems(wanted, found, { identity: item => item.marker, tolerance: Number.POSITIVE_INFINITY })
