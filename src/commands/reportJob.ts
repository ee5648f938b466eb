import { env, Uri, window, workspace } from 'vscode'
import type { JobNode, UseNode } from '../views/rows/node.ts'
import type { App } from './app.ts'
import { chosenJob } from './support/chosen.ts'

const formats = ['html', 'csv', 'json'] as const

/** Writes a job's report to a file: what was migrated, what wasn't and why. */
export async function reportJob(app: App, picked?: JobNode | UseNode): Promise<void> {
  const { l10n } = app.wording
  const { id, name } = await chosenJob(app, picked, l10n.t('Report of which job?'))
  const file = await window.showSaveDialog({
    title: l10n.t('Report of “{0}”', name),
    defaultUri: Uri.joinPath(workspace.workspaceFolders?.[0]?.uri ?? Uri.file('/'), `${name}.html`),
    filters: Object.fromEntries(formats.map(format => [format.toUpperCase(), [format]])),
  })
  if (file === undefined) return
  const format = formats.find(known => file.path.toLowerCase().endsWith(`.${known}`)) ?? 'html'
  const { files } = await app.engine.call('job.report', { name: id, file: file.fsPath, format, language: app.wording.language })
  const open = l10n.t('Open')
  const chosen = await window.showInformationMessage(l10n.t('The report of “{0}” is written.', name), open)
  const [first] = files
  if (chosen === open && first !== undefined) await env.openExternal(Uri.file(first))
}
