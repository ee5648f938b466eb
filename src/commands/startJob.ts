import type { JobNode, Node, PairNode } from '../views/rows/node.ts'
import type { App } from './app.ts'
import { chosenParts } from './support/chosen.ts'
import { runParts } from './support/runParts.ts'

/** Starts jobs, or some of their mailboxes: what isn't completed. */
export async function startJob(app: App, picked?: JobNode | PairNode, selected?: readonly Node[]): Promise<void> {
  const parts = await chosenParts(app, picked, selected, { title: app.wording.l10n.t('Start which jobs?'), of: ({ pairs }) => pairs > 0 })
  await runParts(app, parts, { delta: false })
}
