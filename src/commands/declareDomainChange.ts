import { window } from 'vscode'
import type { App } from './app.ts'
import { askDomain } from './support/askDomain.ts'

/** Tells that a domain moves, so that the connections which depend on it are stale until they are reconfigured. */
export async function declareDomainChange(app: App): Promise<void> {
  const { l10n } = app.wording
  const domain = await askDomain(app, {
    title: l10n.t('Which domain moves from one server to another?'),
    placeHolder: l10n.t('Connections that depend on it will have to be reconfigured'),
  })
  const { connections } = await app.engine.call('domain.declare', { domain })
  if (connections.length > 0) return app.run('showStaleConnections')
  void window.showInformationMessage(l10n.t('No verified connection depends on {0}.', domain))
}
