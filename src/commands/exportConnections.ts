import { Uri, window, workspace } from 'vscode'
import type { App } from './app.ts'

/** Writes all connections, without secrets, to a plan file that can be imported elsewhere. */
export async function exportConnections(app: App): Promise<void> {
  const { l10n, number } = app.wording
  const { connections = [] } = await app.engine.call('plan.export', {})
  const file = await window.showSaveDialog({
    title: l10n.t('Export connections'),
    defaultUri: Uri.joinPath(workspace.workspaceFolders?.[0]?.uri ?? Uri.file('/'), 'connections.mailferry.json'),
    filters: { [l10n.t('Mailferry plan')]: ['json'] },
  })
  if (file === undefined) return
  await workspace.fs.writeFile(file, new TextEncoder().encode(`${JSON.stringify({ connections }, undefined, 2)}\n`))
  void window.showInformationMessage(l10n.t('{0} connections exported, without their passwords.', number(connections.length)))
}
