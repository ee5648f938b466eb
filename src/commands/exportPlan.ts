import { window } from 'vscode'
import type { App } from './app.ts'
import { savePlan } from './support/savePlan.ts'

/** Writes all connections, jobs and mailboxes, without secrets, to a plan file. */
export async function exportPlan(app: App): Promise<void> {
  const { l10n, number } = app.wording
  const plan = await app.engine.call('plan.export', {})
  if (!(await savePlan(app, l10n.t('Export everything as a plan'), 'everything.mailferry.json', plan))) return
  const { connections = [], jobs = [] } = plan
  void window.showInformationMessage(
    l10n.t('{0} connections and {1} jobs exported, without passwords.', number(connections.length), number(jobs.length)),
  )
}
