import { window } from 'vscode'
import type { JobNode, UseNode } from '../views/rows/node.ts'
import type { App } from './app.ts'
import { chosenJob } from './support/chosen.ts'
import { nameProblem } from './support/nameProblem.ts'

/** Gives a job another name, while it runs too. */
export async function renameJob(app: App, picked?: JobNode | UseNode | 'selection'): Promise<void> {
  const { l10n } = app.wording
  const { id, name } = await chosenJob(app, picked, l10n.t('Rename which job?'))
  const others = app.mirror.jobs.filter(job => job.id !== id).map(job => job.name)
  const to = await window.showInputBox({
    title: l10n.t('Rename “{0}”', name),
    value: name,
    validateInput: text => nameProblem(app.wording, 'job', text, others),
  })
  if (to !== undefined && to !== name) await app.engine.call('job.rename', { name: id, to })
}
