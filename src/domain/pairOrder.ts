import { mailboxKey } from './mailboxKey.ts'
import type { Pair } from './pair.ts'

type Ordered = Pick<Pair, 'priority' | 'source'>

/** The order in which pairs are worked on: higher priority first, equal ones by source mailbox. For `toSorted`. */
export const byTurn = (a: Ordered, b: Ordered): number => {
  const [left, right] = [mailboxKey(a.source), mailboxKey(b.source)]
  return b.priority - a.priority || Number(left > right) - Number(left < right)
}
