import { Uri, window, workspace } from 'vscode'
import type { App } from '../app.ts'

/** Writes a plan where the person wants it; tells whether there was such a place. */
export async function savePlan({ wording: { l10n } }: App, title: string, name: string, plan: object): Promise<boolean> {
  const file = await window.showSaveDialog({
    title,
    defaultUri: Uri.joinPath(workspace.workspaceFolders?.[0]?.uri ?? Uri.file('/'), name),
    filters: { [l10n.t('Mailferry plan')]: ['json'] },
  })
  if (file === undefined) return false
  await workspace.fs.writeFile(file, new TextEncoder().encode(`${JSON.stringify(plan, undefined, 2)}\n`))
  return true
}
