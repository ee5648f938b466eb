import { window } from 'vscode'
import type { ConnectionSummary } from '../rpc/results.ts'
import { staleConnections } from '../views/attention.ts'
import type { ConnectionNode, Node } from '../views/rows/node.ts'
import type { Wording } from '../views/wording.ts'
import type { App } from './app.ts'
import { chosenConnections, type Picked } from './support/chosen.ts'
import { withProgress } from './support/withProgress.ts'

/** Checks whether connections are stale: whether their server and admin account are still as they were recorded. */
export async function checkConnection(app: App, picked: Picked<ConnectionNode>, selected?: readonly Node[]): Promise<void> {
  const { l10n } = app.wording
  const connections = await chosenConnections(app, picked, selected, {
    title: l10n.t('Check which connections?'),
    of: ({ settings }) => settings.kind !== 'imap',
  })
  await withProgress(l10n.t('Checking connections…'), signal =>
    app.engine.call('connection.check', { names: connections.map(({ id }) => id) }, { signal }),
  )
  const ids = new Set(connections.map(({ id }) => id))
  const checked = (await app.engine.call('connection.list', {})).filter(({ id }) => ids.has(id))
  if (staleConnections(checked).length > 0) return app.run('showStaleConnections')
  void window.showInformationMessage(checkedText(app.wording, checked))
}

/** A check that was refused or reached nobody found nothing out, and says so. */
function checkedText({ l10n }: Wording, checked: readonly ConnectionSummary[]): string {
  const unsure = checked.filter(({ verification: { state } }) => state !== 'verified').map(({ name }) => `“${name}”`)
  if (unsure.length > 0) return l10n.t('Nothing stale was found, but not everything could be checked: {0}.', unsure.join(', '))
  return checked.length === 1 ? l10n.t('“{0}” isn’t stale.', checked[0]?.name ?? '') : l10n.t('None of them is stale.')
}
