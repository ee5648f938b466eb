import type { Node, PairNode } from '../views/rows/node.ts'
import type { App } from './app.ts'
import { chosenPairs, type Picked } from './support/chosen.ts'

/** Moves mailboxes one place down in the order they are worked on: the next one goes before them. */
export async function movePairsDown(app: App, picked: Picked<PairNode>, selected?: readonly Node[]): Promise<void> {
  for (const { job, pairs = [] } of await chosenPairs(app, picked, selected, { title: app.wording.l10n.t('Move which mailboxes?') })) {
    const all = (await app.mirror.pairs(job.id)).pairs
    const ids = new Set(pairs.map(({ id }) => id))
    const next = all[all.findLastIndex(({ id }) => ids.has(id)) + 1]
    const first = all.find(({ id }) => ids.has(id))
    if (next !== undefined && first !== undefined) await app.movePairs(job.id, [next.id], first.id)
  }
}
