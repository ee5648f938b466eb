import { window } from 'vscode'
import { withoutX500Text } from '../domain/powershell/addX500.ts'
import type { JobNode, UseNode } from '../views/rows/node.ts'
import type { App } from './app.ts'
import { chosenJob } from './support/chosen.ts'
import { showScript } from './support/showScript.ts'

/** Opens the script that lets replies to old mail find the new mailboxes; beside it, who gets no such address and why. */
export async function showX500Script(app: App, picked?: JobNode | UseNode): Promise<void> {
  const { l10n } = app.wording
  const { id, name } = await chosenJob(app, picked, l10n.t('X500 addresses of which job?'))
  const { script, pairs } = await app.engine.call('job.x500', { name: id })
  const without = pairs.flatMap(pair => ('without' in pair ? [`- ${pair.source.address}: ${withoutX500Text[pair.without]}`] : []))
  if (without.length > 0) await app.documents.show(l10n.t('Mailboxes of “{0}” without an X500 address', name), without.join('\n'))
  if (script !== undefined) return showScript(script)
  void window.showInformationMessage(l10n.t('No mailbox of “{0}” can be given an X500 address.', name))
}
