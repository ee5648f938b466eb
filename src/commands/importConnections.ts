import { window } from 'vscode'
import type { App } from './app.ts'
import { applyFile } from './support/applyFile.ts'

/** Creates or updates what a plan file has. */
export async function importConnections(app: App): Promise<void> {
  const { l10n } = app.wording
  const [file] =
    (await window.showOpenDialog({ title: l10n.t('Import connections'), filters: { [l10n.t('Mailferry plan')]: ['json'] } })) ?? []
  if (file !== undefined) await applyFile(app, file)
}
