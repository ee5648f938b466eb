import { window } from 'vscode'
import type { App } from './app.ts'
import { applyFile } from './support/applyFile.ts'

/** Starts the sandbox in a terminal and, once it runs, offers to define what it plays: both connections with their secrets, and a job. */
export async function startSandbox(app: App): Promise<void> {
  const { l10n } = app.wording
  const plan = await app.sandbox.start()
  if (plan === undefined) return
  const apply = l10n.t('Apply its plan…')
  const text = l10n.t(
    'The sandbox runs: two organisations on this machine, one full of mail. Its plan defines connections to both, and a job.',
  )
  if ((await window.showInformationMessage(text, apply)) === apply) await applyFile(app, plan)
}
