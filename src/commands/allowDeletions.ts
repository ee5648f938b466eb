import type { PairSummary } from '../rpc/results.ts'
import type { Node, PairNode } from '../views/rows/node.ts'
import type { App } from './app.ts'
import { chosenPairs, type Picked } from './support/chosen.ts'
import { confirm } from './support/confirm.ts'
import { runParts } from './support/runParts.ts'

/** A person's answer where a mailbox has more deletions than are carried over unasked: they are, this once, and no more of them than were shown. */
export async function allowDeletions(app: App, picked: Picked<PairNode>, selected?: readonly Node[]): Promise<void> {
  const { l10n, number } = app.wording
  const parts = await chosenPairs(app, picked, selected, { title: l10n.t('Allow the deletions of which mailboxes?'), of: isHeld })
  for (const { job, pairs = [] } of parts) {
    for (const pair of pairs) {
      const { state } = pair
      if (state.state !== 'waiting' || state.error.code !== 'pair.deletionsHeld') continue
      const { deletions, items } = state.error.params
      await confirm(
        l10n.t('Delete {0} messages in {1}?', number(deletions), pair.target.address),
        l10n.t(
          'They were deleted on the source, which had {0}. Only what Mailferry wrote and nobody has changed since is deleted, recoverably.',
          number(items),
        ),
        l10n.t('Delete'),
      )
      await runParts(app, [{ job, pairs: [pair] }], { delta: true, deletionsAllowed: deletions })
    }
  }
}

const isHeld = ({ state }: PairSummary): boolean => state.state === 'waiting' && state.error.code === 'pair.deletionsHeld'
