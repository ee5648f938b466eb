import type { JobNode, Node, PairNode } from '../views/rows/node.ts'
import type { App } from './app.ts'
import { chosenParts } from './support/chosen.ts'
import { runParts } from './support/runParts.ts'

/** Carries over what is new, changed, moved, deleted or failed since the last run. */
export async function runDelta(app: App, picked?: JobNode | PairNode, selected?: readonly Node[]): Promise<void> {
  const parts = await chosenParts(app, picked, selected, {
    title: app.wording.l10n.t('Run a delta migration of which jobs?'),
    of: ({ pairs }) => pairs > 0,
  })
  await runParts(app, parts, { delta: true })
}
