import type { PairId } from './ids.ts'
import { mailboxKey } from './mailboxKey.ts'
import type { Pair } from './pair.ts'

type Ordered = Pick<Pair, 'id' | 'priority' | 'source'>

/** Pairs that get another priority. */
export interface Priority {
  readonly pairs: readonly PairId[]
  readonly priority: number
}

/**
 * The priorities by which `moved` have their turn right before `before`, in the order they have among themselves; as few pairs as possible get another
 * one. Pairs of equal priority go by their source mailbox, so that neighbours may need another one too: those above a higher, or those below a lower one.
 *
 * @param pairs in the order they are worked on, from the first
 * @param complete whether these are all; where there are more below, none of them is touched
 */
export function movePairs(pairs: readonly Ordered[], moved: ReadonlySet<PairId>, before: PairId, complete: boolean): readonly Priority[] {
  const rest = pairs.filter(({ id }) => !moved.has(id))
  const at = rest.findIndex(({ id }) => id === before)
  if (at < 0) return []
  const order = rest.toSpliced(at, 0, ...pairs.filter(({ id }) => moved.has(id)))
  const raised = raise(order, moved)
  const lowered = complete ? lower(order, moved) : raised
  return byPriority(pairs, raised.size <= lowered.size ? raised : lowered)
}

/** Who has to come before whom must have a higher priority, or the same and a smaller key. */
const precedes = (a: Ordered, b: Ordered): boolean => mailboxKey(a.source) < mailboxKey(b.source)

function raise(order: readonly Ordered[], moved: ReadonlySet<PairId>): Map<PairId, number> {
  const priorities = new Map<PairId, number>()
  let below: Ordered | undefined
  for (const pair of order.toReversed()) {
    const least = below === undefined ? undefined : (priorities.get(below.id) ?? below.priority) + (precedes(pair, below) ? 0 : 1)
    if (least !== undefined && (moved.has(pair.id) || pair.priority < least)) priorities.set(pair.id, least)
    below = pair
  }
  return priorities
}

function lower(order: readonly Ordered[], moved: ReadonlySet<PairId>): Map<PairId, number> {
  const priorities = new Map<PairId, number>()
  let above: Ordered | undefined
  for (const pair of order) {
    const most = above === undefined ? undefined : (priorities.get(above.id) ?? above.priority) - (precedes(above, pair) ? 0 : 1)
    if (most !== undefined && (moved.has(pair.id) || pair.priority > most)) priorities.set(pair.id, most)
    above = pair
  }
  return priorities
}

function byPriority(pairs: readonly Ordered[], priorities: ReadonlyMap<PairId, number>): Priority[] {
  const changed = pairs.filter(({ id, priority }) => priorities.has(id) && priorities.get(id) !== priority)
  const groups = Map.groupBy(changed, ({ id }) => priorities.get(id) ?? 0)
  return [...groups].map(([priority, group]) => ({ priority, pairs: group.map(({ id }) => id) }))
}
