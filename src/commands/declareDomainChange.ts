import { window } from 'vscode'
import { domainOf } from '../domain/addresses.ts'
import type { ConnectionSummary } from '../rpc/results.ts'
import type { App } from './app.ts'

/** Tells that a domain moves, so that the connections which depend on it are stale until they are reconfigured. */
export async function declareDomainChange(app: App): Promise<void> {
  const { l10n } = app.wording
  const known = domainsOf(app.mirror.connections)
  const other = { label: l10n.t('Another domain…') }
  const chosen = await window.showQuickPick([...known.map(label => ({ label })), other], {
    title: l10n.t('Which domain moves from one server to another?'),
    placeHolder: l10n.t('Connections that depend on it will have to be reconfigured'),
  })
  const domain =
    chosen === other ? await window.showInputBox({ title: l10n.t('Domain'), prompt: l10n.t('Such as contoso.com') }) : chosen?.label
  if (domain === undefined || domain.trim() === '') return
  const { connections } = await app.engine.call('domain.declare', { domain: domain.trim() })
  if (connections.length > 0) return app.run('showStaleConnections')
  void window.showInformationMessage(l10n.t('No verified connection depends on {0}.', domain))
}

/** The domains that recorded admins, accepted domains and Autodiscover name. */
function domainsOf(connections: readonly ConnectionSummary[]): string[] {
  const domains = connections.flatMap(({ settings, verification }) => {
    const recorded = 'recorded' in verification ? verification.recorded : undefined
    const admin = domainOf(recorded?.adminAddress ?? '')
    return [
      ...(recorded?.acceptedDomains ?? []),
      ...(admin === undefined ? [] : [admin]),
      ...(settings.kind === 'exchange' && settings.server.by === 'autodiscover' ? [settings.server.domain] : []),
    ]
  })
  return [...new Set(domains.map(domain => domain.toLowerCase()))].filter(domain => !domain.endsWith('.onmicrosoft.com')).sort()
}
