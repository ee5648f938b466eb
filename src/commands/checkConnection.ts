import { window } from 'vscode'
import { staleConnections } from '../views/attention.ts'
import type { ConnectionNode, Node } from '../views/rows/node.ts'
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
  const stale = staleConnections(await app.engine.call('connection.list', {})).filter(({ id }) => ids.has(id))
  if (stale.length > 0) return app.run('showStaleConnections')
  void window.showInformationMessage(l10n.t('No connection is stale.'))
}
