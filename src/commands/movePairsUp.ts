import type { Node, PairNode } from '../views/rows/node.ts'
import type { App } from './app.ts'
import { chosenPairs, type Picked } from './support/chosen.ts'

/** Moves mailboxes one place up in the order they are worked on. */
export async function movePairsUp(app: App, picked: Picked<PairNode>, selected?: readonly Node[]): Promise<void> {
  for (const { job, pairs = [] } of await chosenPairs(app, picked, selected, { title: app.wording.l10n.t('Move which mailboxes?') })) {
    const all = (await app.mirror.pairs(job.id)).pairs
    const ids = new Set(pairs.map(({ id }) => id))
    const first = all.findIndex(({ id }) => ids.has(id))
    const before = all[first - 1]
    if (before !== undefined) await app.movePairs(job.id, [...ids], before.id)
  }
}
