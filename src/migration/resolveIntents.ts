import type { ItemInfo } from '../domain/mail.ts'
import { folderById } from '../ledger/folders.ts'
import { items } from '../ledger/items.ts'
import type { Change } from '../ledger/rows.ts'
import { targetKeysFrom } from '../ledger/targetKeys.ts'
import type { Confirmed } from './copyItems.ts'
import type { FolderTask, Shared } from './folderTask.ts'
import type { Matches } from './rules/matchItems.ts'
import { matchByDigest, matchByFingerprint, matchBySize } from './rules/matchKinds.ts'

/** An intent whose write the target confirmed without telling the key, or whose answer never came. */
interface Intent extends ItemInfo {
  readonly confirmed: boolean
}

/**
 * Finds out what became of every row that is still *intended*, before anything more is written to the folder: looks at the target from where
 * its next item would have landed when the oldest intent was recorded, leaving out what the ledger knows already, and matches one to one.
 * What is there is done; what isn't is forgotten, to be copied again; a confirmed item that isn't there has failed, for a second copy could be a double.
 */
export async function resolveIntents(shared: Shared, task: FolderTask, confirmed: Confirmed = new Set()): Promise<void> {
  const { run, tally } = shared
  const folder = task.row.id
  const next = (await folderById(run.ledger.db, folder))?.intentNext
  const intents: Intent[] = []
  for await (const page of items(run.ledger.db, folder, { states: ['intended'] }))
    intents.push(...page.map(item => ({ ...item, confirmed: confirmed.has(item.key) })))
  if (intents.length === 0) {
    if (next !== undefined) await run.writer.commit([{ kind: 'resolved', folder }])
    return
  }
  const found = await newcomers(shared, task, next)
  const { pairs, missing } = await match(shared, task, intents, found)
  const lost = missing.filter(intent => intent.confirmed)
  const changes: Change[] = [
    { kind: 'done', folder, items: pairs.map(({ wanted, found }) => ({ key: wanted.key, targetKey: found.key })) },
    { kind: 'fail', folder, items: lost.map(intent => ({ ...withoutMark(intent), error: unfound })) },
    { kind: 'retract', folder, keys: missing.filter(intent => !intent.confirmed).map(intent => intent.key) },
    { kind: 'resolved', folder },
  ]
  await run.writer.commit(
    changes.filter(change => !('items' in change && change.items.length === 0) && !('keys' in change && change.keys.length === 0)),
  )
  tally.add({ done: pairs.length, doneBytes: pairs.reduce((sum, { wanted }) => sum + wanted.size, 0), failed: lost.length })
  confirmed.clear()
}

const unfound = { code: 'item.rejected', params: { response: 'the server answered OK, but the message is not in the folder' } } as const

const withoutMark = ({ key, size, received, flags }: ItemInfo): ItemInfo => ({ key, size, received, flags })

/** Items of the target folder since then that no row of ours holds yet. */
async function newcomers({ run, target, signal }: Shared, { row, to }: FolderTask, next: number | undefined): Promise<ItemInfo[]> {
  const known = await targetKeysFrom(run.ledger.db, row.id, next)
  const found: ItemInfo[] = []
  for await (const part of target.find(to, next, signal)) for (const item of part) if (!known.has(item.key)) found.push(item)
  return found
}

/**
 * Same size and date first, since that needs no reading; then the bytes decide, unless the target confirmed the write and only one item can be meant.
 * An intent whose source item is gone meanwhile has no bytes to compare: size and date must do. Where the target changes what it is given
 * (some servers end lines anew), the headers decide.
 */
async function match(
  shared: Shared,
  task: FolderTask,
  intents: readonly Intent[],
  found: readonly ItemInfo[],
): Promise<Matches<Intent, ItemInfo>> {
  if (found.length === 0) return { pairs: [], missing: intents, extra: [] }
  const { source, target, signal } = shared
  const alone = loneliness([...intents], [...found])
  const certain = matchBySize(
    intents.filter(intent => intent.confirmed && alone(intent)),
    found,
  )
  const settled = new Set(certain.pairs.map(pair => pair.wanted))
  const open = intents.filter(intent => !settled.has(intent))
  if (open.length === 0) return { ...certain, missing: [] }

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
  }
}

async function matchByHeaders(
  { source, target, signal }: Shared,
  task: FolderTask,
  intents: readonly Intent[],
  found: readonly ItemInfo[],
): Promise<Matches<Intent, ItemInfo>> {
  const seconds = new Set(intents.flatMap(({ received }) => [-1, 0, 1].map(step => Math.floor(received / 1000) + step)))
  const near = found.filter(item => seconds.has(Math.floor(item.received / 1000)))
  if (intents.length === 0 || near.length === 0) return { pairs: [], missing: intents, extra: found }
  const [ours, theirs] = await Promise.all([
    source.fingerprints(
      task.from,
      intents.map(item => item.key),
      signal,
    ),
    target.fingerprints(
      task.to,
      near.map(item => item.key),
      signal,
    ),
  ])
  return matchByFingerprint(
    intents.map(item => ({ ...item, fingerprint: ours.get(item.key) })),
    found.map(item => ({ ...item, fingerprint: theirs.get(item.key) })),
  )
}

const sizeAndSecond = (item: ItemInfo): string => `${item.size} ${Math.floor(item.received / 1000)}`

/** Tells whether an intent is the only one of its size and second, with one item like it on the target. */
function loneliness(intents: readonly ItemInfo[], found: readonly ItemInfo[]): (intent: ItemInfo) => boolean {
  const count = (list: readonly ItemInfo[]): Map<string, number> => {
    const counts = new Map<string, number>()
    for (const item of list) counts.set(sizeAndSecond(item), (counts.get(sizeAndSecond(item)) ?? 0) + 1)
    return counts
  }
  const [ours, theirs] = [count(intents), count(found)]
  return intent => ours.get(sizeAndSecond(intent)) === 1 && theirs.get(sizeAndSecond(intent)) === 1
}

/** Found items that have the size of an open intent: only their bytes need reading. */
const matchableBySize = (open: readonly ItemInfo[], found: readonly ItemInfo[]): ItemInfo[] => {
  const sizes = new Set(open.map(item => item.size))
  return found.filter(item => sizes.has(item.size))
}
