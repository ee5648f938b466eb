import { window } from 'vscode'
import type { JobNode, UseNode } from '../views/rows/node.ts'
import type { App } from './app.ts'
import { chosenJob } from './support/chosen.ts'
import { showScript } from './support/showScript.ts'

/** Opens the script that carries forwarding and mailbox permissions over by a job's pairs. */
export async function showAccessScript(app: App, picked?: JobNode | UseNode): Promise<void> {
  const { l10n } = app.wording
  const { id } = await chosenJob(app, picked, l10n.t('Forwarding and permissions of which job?'))
  const { script } = await app.engine.call('job.scripts', { name: id })
  if (script !== undefined) return showScript(script)
  void window.showInformationMessage(l10n.t('An IMAP server has no permissions or forwarding that a script could carry over.'))
}
