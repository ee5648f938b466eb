import { type Uri, window } from 'vscode'
import type { ApplyLine } from '../../rpc/results.ts'
import type { App } from '../app.ts'
import { confirm } from './confirm.ts'
import { listed } from './listed.ts'

/** Applies a plan file after showing what it would do. */
export async function applyFile(app: App, { fsPath: file }: Uri): Promise<void> {
  const { l10n, number } = app.wording
  const { lines } = await app.engine.call('plan.apply', { file, check: true })
  const changes = lines.filter(({ outcome }) => outcome === 'created' || outcome === 'updated')
  if (changes.length === 0) {
    void window.showInformationMessage(l10n.t('Everything is already as the plan has it.'))
    return
  }
  await confirm(l10n.t('Apply the plan?'), summary(app, changes), l10n.t('Apply'))
  await app.engine.call('plan.apply', { file })
  void window.showInformationMessage(l10n.t('{0} changes applied.', number(changes.length)))
}

function summary({ wording }: App, changes: readonly ApplyLine[]): string {
  const { l10n } = wording
  const lines = changes.map(({ kind, name, outcome, job }) => {
    const what = job === undefined ? name : `${job}: ${name}`
    if (kind === 'connection') return outcome === 'created' ? l10n.t('New connection {0}', what) : l10n.t('Change connection {0}', what)
    if (kind === 'job') return outcome === 'created' ? l10n.t('New job {0}', what) : l10n.t('Change job {0}', what)
    return outcome === 'created' ? l10n.t('New mailbox {0}', what) : l10n.t('Change mailbox {0}', what)
  })
  return listed(wording, lines)
}
