import { window } from 'vscode'
import type { App } from './app.ts'
import { savePlan } from './support/savePlan.ts'

/** Writes all connections, without secrets, to a plan file that can be imported elsewhere. */
export async function exportConnections(app: App): Promise<void> {
  const { l10n, number } = app.wording
  const { connections = [] } = await app.engine.call('plan.export', {})
  if (!(await savePlan(app, l10n.t('Export connections'), 'connections.mailferry.json', { connections }))) return
  void window.showInformationMessage(l10n.t('{0} connections exported, without their passwords.', number(connections.length)))
}
