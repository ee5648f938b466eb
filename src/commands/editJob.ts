import type { JobNode, UseNode } from '../views/rows/node.ts'
import type { App } from './app.ts'
import type { Panels } from './panels.ts'
import { chosenJob } from './support/chosen.ts'

export async function editJob(app: App, panels: Panels, picked?: JobNode | UseNode): Promise<void> {
  const { id } = await chosenJob(app, picked, app.wording.l10n.t('Edit which job?'))
  await panels.openJobWizard({ mode: 'edit', job: id })
}
