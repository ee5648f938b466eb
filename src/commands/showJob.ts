import type { JobNode, UseNode } from '../views/rows/node.ts'
import type { App } from './app.ts'
import { chosenJob } from './support/chosen.ts'

export async function showJob(app: App, picked?: JobNode | UseNode): Promise<void> {
  const { id } = await chosenJob(app, picked, app.wording.l10n.t('Show which job?'))
  await app.views.showJob(id)
}
