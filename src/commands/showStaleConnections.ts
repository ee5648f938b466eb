import { type QuickPickItem, QuickPickItemKind, window } from 'vscode'
import { staleConnections } from '../views/attention.ts'
import { staleText } from '../views/rows/connectionRow.ts'
import type { ConnectionNode } from '../views/rows/node.ts'
import type { App } from './app.ts'

interface Offer extends QuickPickItem {
  readonly take?: () => Promise<void>
}

/** Lists the stale connections with what can be done about each. */
export async function showStaleConnections(app: App): Promise<void> {
  const { l10n, date } = app.wording
  // Asked for anew: what a check has just found isn't in the views yet.
  const connections = await app.engine.call('connection.list', {})
  const offers = staleConnections(connections).flatMap(({ id, name, verification }): Offer[] => {
    if (verification.state !== 'stale') return []
    const node: ConnectionNode = { type: 'connection', connection: id }
    return [
      { label: l10n.t('{0}, stale since {1}', name, date(verification.since)), kind: QuickPickItemKind.Separator },
      {
        label: `$(arrow-swap) ${l10n.t('Reconfigure “{0}”…', name)}`,
        detail: staleText(app.wording, verification.reason),
        take: () => app.run('reconfigureConnection', node),
      },
      { label: `$(pulse) ${l10n.t('Check “{0}” again', name)}`, take: () => app.run('checkConnection', node) },
    ]
  })
  if (offers.length === 0) {
    void window.showInformationMessage(l10n.t('No connection is stale.'))
    return
  }
  const chosen = await window.showQuickPick<Offer>(
    [
      ...offers,
      { label: '', kind: QuickPickItemKind.Separator },
      { label: `$(list-tree) ${l10n.t('Open jobs')}`, take: () => app.run('showJobs') },
    ],
    { title: l10n.t('Stale connections'), placeHolder: l10n.t('Their jobs can’t be started until they are reconfigured') },
  )
  await chosen?.take?.()
}
