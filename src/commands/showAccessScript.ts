import { window } from 'vscode'
import type { JobNode, Node, PairNode } from '../views/rows/node.ts'
import type { App } from './app.ts'
import { chosenPart } from './support/chosen.ts'
import { mailboxesOf } from './support/mailboxesOf.ts'
import { showScript } from './support/showScript.ts'

/** Opens the script that carries forwarding and mailbox permissions over by a job's pairs. */
export async function showAccessScript(app: App, picked?: JobNode | PairNode, selected?: readonly Node[]): Promise<void> {
  const { l10n } = app.wording
  const part = await chosenPart(app, picked, selected, l10n.t('Forwarding and permissions of which job?'))
  const { script } = await app.engine.call('job.scripts', { name: part.job.id, ...mailboxesOf(part) })
  if (script !== undefined) return showScript(script)
  void window.showInformationMessage(l10n.t('An IMAP server has no permissions or forwarding that a script could carry over.'))
}
