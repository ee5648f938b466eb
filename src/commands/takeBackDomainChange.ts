import { window } from 'vscode'
import type { App } from './app.ts'
import { askDomain } from './support/askDomain.ts'

/** Takes back that a domain moves: the connections that were stale for nothing else are what they were before. */
export async function takeBackDomainChange(app: App): Promise<void> {
  const { l10n } = app.wording
  const domain = await askDomain(app, {
    title: l10n.t('Which domain doesn’t move after all?'),
    placeHolder: l10n.t('Connections that are stale for its sake alone can be used again'),
  })
  const { connections } = await app.engine.call('domain.declare', { domain, undo: true })
  const freed = connections.filter(({ marked }) => marked).map(({ connection }) => connection)
  void window.showInformationMessage(
    freed.length === 0 ? l10n.t('No connection is stale because {0} moves.', domain) : l10n.t('Not stale any more: {0}.', freed.join(', ')),
  )
}
