import type { ItemInfo } from '../domain/mail.ts'
import { itemKeys } from '../ledger/items.ts'
import type { FoundItem } from '../servers/mailServer.ts'
import type { FolderTask, Shared } from './folderTask.ts'
import { composesAnew, fingerprints } from './rematch.ts'
import { type Matches, matchItems } from './rules/matchItems.ts'
import {
  countLoose,
  type Fingerprinted,
  matchByDigest,
  matchByFingerprint,
  matchByMarker,
  matchBySize,
  second,
} from './rules/matchKinds.ts'

/** An intent whose write the target confirmed without telling the key, or whose answer never came. */
export interface Intent extends ItemInfo {
  readonly confirmed: boolean
}

export interface IntentMatches extends Matches<Intent, FoundItem> {
  /** Something lies there that could be one of several of them: to write them again might double one, to count one as written might lose the other. */
  readonly unsure: readonly Intent[]
}

/**
 * Which items of the target, come since the intents and known to no row, are what was to be written. Our marker is proof. Where a format can't carry one
 * at its creation, or nothing was marked, the bytes decide, or, where a side doesn't keep them, headers and date.
 */
export async function matchIntents(
  shared: Shared,
  task: FolderTask,
  intents: readonly Intent[],
  found: readonly FoundItem[],
): Promise<IntentMatches> {
  const { markerOf } = shared
  if (!markerOf) return matchUnmarked(shared, task, intents, found)
  const { pairs, missing, extra } = matchByMarker(
    intents.map(item => ({ ...item, marker: markerOf(task.from, item.key) })),
    found,
  )
  const rest = await matchUnmarked(shared, task, missing, await withoutKnownMarkers(shared, task, extra))
  return { ...rest, pairs: [...pairs, ...rest.pairs] }
}

/** People's copies of items that were written before carry those items' markers: they are nobody's intent. */
async function withoutKnownMarkers(
  { run, markerOf }: Shared,
  task: FolderTask,
  found: readonly FoundItem[],
): Promise<readonly FoundItem[]> {
  if (!markerOf || found.every(item => item.marker === undefined)) return found
  const known = new Set((await itemKeys(run.ledger.db, task.row.id)).map(key => markerOf(task.from, key)))
  return found.filter(item => item.marker === undefined || !known.has(item.marker))
}

const matchUnmarked = (
  shared: Shared,
  task: FolderTask,
  intents: readonly Intent[],
  found: readonly FoundItem[],
): Promise<IntentMatches> =>
  composesAnew(shared) ? matchComposed(shared, task, intents, found) : matchByBytes(shared, task, intents, found)

/**
 * Same size and date first, since that needs no reading; then the bytes decide, unless the target confirmed the write and only one item can be meant.
 * An intent whose source item is gone meanwhile has no bytes to compare: size and date must do. Where the target changes what it is given
 * (some servers end lines anew), the headers decide.
 */
async function matchByBytes(
  shared: Shared,
  task: FolderTask,
  intents: readonly Intent[],
  found: readonly FoundItem[],
): Promise<IntentMatches> {
  if (found.length === 0) return { pairs: [], missing: intents, extra: [], unsure: [] }
  const { source, target, signal } = shared
  const alone = loneliness(intents, found, bySizeAndSecond)
  const certain = matchBySize(
    intents.filter(intent => intent.confirmed && alone(intent)),
    found,
  )
  const settled = new Set(certain.pairs.map(pair => pair.wanted))
  const open = intents.filter(intent => !settled.has(intent))
  if (open.length === 0) return { ...certain, missing: [], unsure: [] }

  const candidates = matchableBySize(open, certain.extra)
  const [ours, theirs] = await Promise.all([
    source.digests(
      task.from,
      open.map(item => item.key),
      signal,
    ),
    target.digests(
      task.to,
      candidates.map(item => item.key),
      signal,
    ),
  ])
  const byDigest = matchByDigest(
    open.map(item => ({ ...item, digest: ours.get(item.key) })),
    certain.extra.map(item => ({ ...item, digest: theirs.get(item.key) })),
  )
  const gone = matchBySize(
    byDigest.missing.filter(item => item.digest === undefined),
    byDigest.extra,
  )
  const unsure = byDigest.missing.filter(item => item.digest !== undefined)
  const byHeaders = await matchByHeaders(shared, task, unsure, gone.extra)
  return {
    pairs: [...certain.pairs, ...byDigest.pairs, ...gone.pairs, ...byHeaders.pairs],
    missing: [...gone.missing, ...byHeaders.missing],
    extra: byHeaders.extra,
    unsure: byHeaders.unsure,
  }
}

/** By headers, of items received in the same second, or never: loosely where a side composes them anew, which leaves out what can't be told apart. */
async function matchByHeaders(
  shared: Shared,
  task: FolderTask,
  intents: readonly Intent[],
  found: readonly FoundItem[],
): Promise<IntentMatches> {
  const { source, target, signal } = shared
  const seconds = new Set(intents.flatMap(({ received }) => [-1, 0, 1].map(step => Math.floor(received / 1000) + step)))
  // What was never received counts from when it was made, which is another moment on either side.
  const near = found.filter(item => item.undated === true || seconds.has(Math.floor(item.received / 1000)))
  if (intents.length === 0 || near.length === 0) return { pairs: [], missing: intents, extra: found, unsure: [] }
  const [ours, theirs] = await Promise.all([
    fingerprints(
      source,
      task.from,
      intents.map(item => item.key),
      signal,
    ),
    fingerprints(
      target,
      task.to,
      near.map(item => item.key),
      signal,
    ),
  ])
  const loosely = composesAnew(shared)
  const matches = matchByFingerprint(
    intents.map(item => ({ ...item, fingerprint: ours.get(item.key) })),
    found.map(item => ({ ...item, fingerprint: theirs.get(item.key) })),
    loosely,
  )
  const left = countLoose(matches.extra)
  const isUnsure = ({ fingerprint }: Fingerprinted): boolean => loosely && left.has(fingerprint?.loose ?? '')
  return {
    pairs: matches.pairs,
    missing: matches.missing.filter(intent => !isUnsure(intent)),
    extra: matches.extra,
    unsure: matches.missing.filter(isUnsure),
  }
}

/** An intent whose source item is gone has no headers to compare: it is the only one of its second, or stays unfound. */
async function matchComposed(
  shared: Shared,
  task: FolderTask,
  intents: readonly Intent[],
  found: readonly FoundItem[],
): Promise<IntentMatches> {
  const byHeaders = await matchByHeaders(shared, task, intents, found)
  const present = await shared.source.infos(
    task.from,
    byHeaders.missing.map(intent => intent.key),
    shared.signal,
  )
  const gone = byHeaders.missing.filter(intent => !present.has(intent.key))
  const alone = loneliness(gone, byHeaders.extra, bySecond)
  const rest = matchItems(gone.filter(alone), byHeaders.extra, { identity: bySecond, tolerance: second })
  const matched = new Set(rest.pairs.map(pair => pair.wanted))
  return {
    ...byHeaders,
    pairs: [...byHeaders.pairs, ...rest.pairs],
    missing: byHeaders.missing.filter(intent => !matched.has(intent)),
    extra: rest.extra,
  }
}

const bySecond = ({ received }: ItemInfo): string => String(Math.floor(received / 1000))
const bySizeAndSecond = (item: ItemInfo): string => `${item.size} ${bySecond(item)}`

/** Tells whether an intent is the only one of its likeness, with one item like it on the target. */
function loneliness(
  intents: readonly ItemInfo[],
  found: readonly ItemInfo[],
  likeness: (item: ItemInfo) => string,
): (intent: ItemInfo) => boolean {
  const [ours, theirs] = [Map.groupBy(intents, likeness), Map.groupBy(found, likeness)]
  return intent => ours.get(likeness(intent))?.length === 1 && theirs.get(likeness(intent))?.length === 1
}

/** Found items that have the size of an open intent: only their bytes need reading. */
const matchableBySize = (open: readonly ItemInfo[], found: readonly ItemInfo[]): ItemInfo[] => {
  const sizes = new Set(open.map(item => item.size))
  return found.filter(item => sizes.has(item.size))
}
