import { type Uri, window, workspace } from 'vscode'
import type { App } from './app.ts'
import { applyFile } from './support/applyFile.ts'

/** Applies a plan file: the one that was clicked on, or that is open. What isn't saved yet is saved first. */
export async function applyPlan(app: App, clicked?: Uri): Promise<void> {
  const { l10n } = app.wording
  const file = clicked ?? window.activeTextEditor?.document.uri
  if (file?.path.endsWith('.mailferry.json') !== true) {
    void window.showInformationMessage(l10n.t('Open a *.mailferry.json file first.'))
    return
  }
  await workspace.save(file)
  await applyFile(app, file)
}
